using System.ComponentModel.DataAnnotations;

namespace Gander.Api;

/// <summary>Limits of the JSON API.</summary>
public sealed class ApiOptions
{
    /// <summary>How long one request may take before it is given up with 503.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests answered at a time; more are refused with 503 and Retry-After.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentQueries { get; set; } = 64;

    /// <summary>Spans a search for traces looks at to fill one page; a page that needs more is cut short and says where to go on.</summary>
    [Range(1_000, 10_000_000)]
    public int MaxScannedSpans { get; set; } = 50_000;

    /// <summary>Sessions that the overview and figures over models and tools add up; over more they say that they are of the latest ones.</summary>
    [Range(100, 1_000_000)]
    public int MaxOverviewSessions { get; set; } = 20_000;

    /// <summary>Lines that figures over models and tools tell apart; the calls of further models, tools or users are one line together.</summary>
    [Range(100, 100_000)]
    public int MaxCallLines { get; set; } = 10_000;

    /// <summary>Combinations of what usage is told apart by, persons and hosts among them; a request for more is refused.</summary>
    [Range(1_000, 10_000_000)]
    public int MaxUsageGroups { get; set; } = 200_000;

    /// <summary>Live connections at a time; more are refused with 503.</summary>
    [Range(1, 10_000)]
    public int MaxLiveConnections { get; set; } = 64;

    /// <summary>How long events are gathered before a live connection tells them.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0500000", "00:01:00")]
    public TimeSpan LiveInterval { get; set; } = TimeSpan.FromSeconds(1);
}
