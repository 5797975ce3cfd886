using System.ComponentModel.DataAnnotations;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Sessions;

namespace Gander.Prometheus;

/// <summary>Limits of PromQL queries and of the API that Prometheus' clients use.</summary>
public sealed class PrometheusOptions : IValidatableObject
{
    private static readonly Dictionary<string, PromQlFeatures> KnownFeatures = new(StringComparer.Ordinal)
    {
        ["promql-experimental-functions"] = PromQlFeatures.ExperimentalFunctions,
        ["promql-duration-expr"] = PromQlFeatures.DurationExpressions,
        ["promql-extended-range-selectors"] = PromQlFeatures.ExtendedRangeSelectors,
        ["promql-binop-fill-modifiers"] = PromQlFeatures.FillModifiers,
    };

    /// <summary>How long one query may take, waiting included, before it is given up with 503; a request may ask for less.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Queries that run at a time; more wait.</summary>
    [Range(1, 1_000)]
    public int MaxConcurrentQueries { get; set; } = 8;

    /// <summary>Queries that wait before more are refused with 503.</summary>
    [Range(0, 100_000)]
    public int MaxQueuedQueries { get; set; } = 1_000;

    /// <summary>Samples that one query may read.</summary>
    [Range(1_000, 10_000_000_000)]
    public long MaxQuerySamples { get; set; } = 50_000_000;

    /// <summary>Memory that the values of one query may take at one time.</summary>
    [Range(1_048_576, 1_099_511_627_776)]
    public long MaxQueryBytes { get; set; } = 512 * 1_048_576L;

    /// <summary>Calls and amounts of sessions that a query of one of their metrics may add up.</summary>
    [Range(1_000, 1_000_000_000)]
    public long MaxSessionEvents { get; set; } = 5_000_000;

    /// <summary>Series that a query may make of sessions.</summary>
    [Range(100, 10_000_000)]
    public int MaxSessionSeries { get; set; } = 100_000;

    /// <summary>Threads that work on one query; 0 for one a core.</summary>
    [Range(0, 1_024)]
    public int QueryThreads { get; set; }

    /// <summary>Steps between the start and the end of a range query.</summary>
    [Range(1, 1_000_000)]
    public int MaxRangeSteps { get; set; } = 11_000;

    /// <summary>Entries that a list of series, labels or metrics holds at most, whatever a request asks for; a warning says when there were more.</summary>
    [Range(100, 10_000_000)]
    public int MaxListEntries { get; set; } = 100_000;

    /// <summary>The largest form that a query may be posted in.</summary>
    [Range(1_024, 64 * 1_024 * 1_024)]
    public int MaxFormBytes { get; set; } = 4 * 1_024 * 1_024;

    /// <summary>How far back an instant selector looks for a sample.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lookback { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The step of a subquery that names none.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SubqueryStep { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Experimental parts of PromQL, by the names of Prometheus' feature flags.</summary>
    public IReadOnlyList<string> EnabledFeatures { get; set; } = ["promql-experimental-functions"];

    /// <summary>The parts of the language that are switched on.</summary>
    internal PromQlFeatures Features => EnabledFeatures.Aggregate(PromQlFeatures.None, (all, name) => all | KnownFeatures[name]);

    /// <summary>What one query may use.</summary>
    internal QueryLimits QueryLimits => new()
    {
        MaxSamples = MaxQuerySamples,
        MaxBytes = MaxQueryBytes,
        MaxWorkers = QueryThreads == 0 ? Environment.ProcessorCount : QueryThreads,
        Timeout = QueryTimeout,
        LookbackMillis = (long)Lookback.TotalMilliseconds,
        DefaultStepMillis = (long)SubqueryStep.TotalMilliseconds,
    };

    /// <summary>What one query may take of sessions.</summary>
    internal SessionSeriesOptions SessionSeries => new() { MaxEvents = MaxSessionEvents, MaxSeries = MaxSessionSeries };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var name in EnabledFeatures.Where(name => !KnownFeatures.ContainsKey(name)))
        {
            yield return new ValidationResult($"There is no feature '{name}'; known are {string.Join(", ", KnownFeatures.Keys)}.", [nameof(EnabledFeatures)]);
        }
    }
}
