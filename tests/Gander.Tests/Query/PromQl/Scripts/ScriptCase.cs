namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>One evaluation of a script with what it expects.</summary>
public sealed record ScriptCase
{
    public required string Query { get; init; }

    public required long StartMillis { get; init; }

    public required long EndMillis { get; init; }

    /// <summary>0 for an instant query.</summary>
    public required long StepMillis { get; init; }

    public required IReadOnlyList<string> Expectations { get; init; }

    public required IReadOnlyList<string> Results { get; init; }

    public bool IsInstant => StepMillis == 0;

    public bool Fails => Expectations.Any(line => line.StartsWith("fail", StringComparison.Ordinal));

    public bool IsOrdered => Expectations.Contains("ordered");
}
