using Gander.Sessions.Usage;

namespace Gander.Query.PromQl.Sessions;

/// <summary>A metric that is made of sessions when it is asked for.</summary>
/// <param name="Figure">What it counts.</param>
/// <param name="Name">The name of the metric; of a histogram, without the <c>_bucket</c>, <c>_sum</c> and <c>_count</c> of its parts.</param>
/// <param name="Type">counter, gauge or histogram.</param>
/// <param name="Unit">The unit in words, or empty.</param>
/// <param name="Help">What it counts, in a sentence.</param>
/// <param name="Labels">Labels beside those of every session, at most three.</param>
public sealed record SessionMetric(SessionFigure Figure, string Name, string Type, string Unit, string Help, params IReadOnlyList<string> Labels)
{
    /// <summary>What amounts are divided by to give the unit.</summary>
    public double Divisor { get; init; } = 1;

    /// <summary>The upper bounds of a histogram's buckets as amounts, the last one apart; empty for others.</summary>
    public IReadOnlyList<long> Bounds { get; init; } = [];

    /// <summary>The figures of usage it is made of.</summary>
    public UsageFigure Usage { get; init; }

    /// <summary>Whether it is made of calls, or needs them to know the time of usage.</summary>
    public bool ReadsCalls { get; init; }

    /// <summary>The names of its series, each with the part it is.</summary>
    public IEnumerable<(string Name, SessionMetricPart Part)> Series => Type == "histogram"
        ? [(Name + "_bucket", SessionMetricPart.Buckets), (Name + "_sum", SessionMetricPart.Sum), (Name + "_count", SessionMetricPart.Count)]
        : [(Name, SessionMetricPart.Sum)];
}
