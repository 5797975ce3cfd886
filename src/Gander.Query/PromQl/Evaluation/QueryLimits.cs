namespace Gander.Query.PromQl.Evaluation;

/// <summary>What one query may use, and the settings answers depend on.</summary>
public sealed record QueryLimits
{
    /// <summary>Samples one query may read.</summary>
    public long MaxSamples { get; init; } = 50_000_000;

    /// <summary>How far back an instant selector looks for a sample, milliseconds.</summary>
    public long LookbackMillis { get; init; } = 300_000;

    /// <summary>The step of a subquery that names none, milliseconds.</summary>
    public long DefaultStepMillis { get; init; } = 60_000;
}
