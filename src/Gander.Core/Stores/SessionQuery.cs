using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>Asks for sessions; null members do not restrict.</summary>
/// <param name="Range">The session overlaps it.</param>
/// <param name="Agent">The agent's name.</param>
/// <param name="User">The user.</param>
/// <param name="Status">ok, error, interrupted, running or unknown.</param>
/// <param name="EmitterId">The emitter (<see cref="Gander.Sessions.SessionSummary.EmitterId"/>).</param>
/// <param name="SessionId">The id as the agent names it.</param>
/// <param name="EndedBy">Its last record came at this time or before, Unix nanoseconds.</param>
/// <param name="Limit">At most this many, 1 to 1,000.</param>
/// <param name="After">Continues after the session with this start and key.</param>
public sealed record SessionQuery(
    TimeRange? Range = null,
    string? Agent = null,
    string? User = null,
    string? Status = null,
    ulong? EmitterId = null,
    string? SessionId = null,
    long? EndedBy = null,
    int Limit = 100,
    (long StartNanos, string Key)? After = null);
