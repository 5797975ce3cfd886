namespace Gander.Query.PromQl.Syntax;

/// <summary>The time an <c>@</c> modifier names: a closed set of cases.</summary>
public abstract record AtModifier
{
    private AtModifier()
    {
    }

    /// <summary>A fixed time.</summary>
    /// <param name="Millis">Unix milliseconds.</param>
    public sealed record Time(long Millis) : AtModifier;

    /// <summary><c>start()</c>: the first step of the whole query.</summary>
    public sealed record QueryStart : AtModifier;

    /// <summary><c>end()</c>: the last step of the whole query.</summary>
    public sealed record QueryEnd : AtModifier;
}
