using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>Asks for sums of usage. Members that are null do not restrict; an empty text asks for what has none of that.</summary>
/// <param name="Range">Hours that begin in it count.</param>
/// <param name="By">What to tell apart: persons and teams only where <see cref="Persons"/> finds them.</param>
/// <param name="MaxGroups">At most this many groups; one more is given where there are more, so that it can be told.</param>
public sealed record UsageQuery(TimeRange Range, IReadOnlyList<UsageDimension> By, int MaxGroups = 100_000)
{
    /// <summary>
    /// Finds the person behind an identity; null leaves out what the identity used. Then groups are told apart by <see cref="By"/>
    /// alone, and count their persons. Without it each identity has groups of its own. It is asked once for each identity.
    /// </summary>
    public Func<UsageIdentity, UsagePerson?>? Persons { get; init; }

    /// <summary>The agent.</summary>
    public string? Agent { get; init; }

    /// <summary>ok, error, interrupted, running or unknown.</summary>
    public string? Status { get; init; }

    /// <summary>The model; only what was used of it counts.</summary>
    public string? Model { get; init; }

    /// <summary>The provider.</summary>
    public string? Provider { get; init; }

    /// <summary>The tool; only calls of it count.</summary>
    public string? Tool { get; init; }

    /// <summary>The host.</summary>
    public string? Host { get; init; }

    /// <summary>The repository.</summary>
    public string? Repository { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The session's key.</summary>
    public string? Session { get; init; }
}
