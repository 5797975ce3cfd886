namespace Gander.Query.PromQl.Evaluation;

/// <summary>What one query may use, and the settings answers depend on.</summary>
public sealed record QueryLimits
{
    /// <summary>Samples one query may read; those of inner steps of subqueries count again.</summary>
    public long MaxSamples { get; init; } = 50_000_000;

    /// <summary>Memory that the values of one query may take at one time, bytes; labels and what the store needs come on top.</summary>
    public long MaxBytes { get; init; } = 512L * 1_048_576;

    /// <summary>How long one query may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Steps one range query or subquery may have.</summary>
    public int MaxSteps { get; init; } = 1_000_000;

    /// <summary>How many threads may work on one query; answers do not depend on it.</summary>
    public int MaxWorkers { get; init; } = Environment.ProcessorCount;

    /// <summary>How far back an instant selector looks for a sample, milliseconds.</summary>
    public long LookbackMillis { get; init; } = 300_000;

    /// <summary>The step of a subquery that names none, milliseconds.</summary>
    public long DefaultStepMillis { get; init; } = 60_000;
}
