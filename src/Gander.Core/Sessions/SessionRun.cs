namespace Gander.Sessions;

/// <summary>One process that served a session, as far as its records without a session id tell.</summary>
/// <param name="ResourceId">The resource of those records (<see cref="Gander.Telemetry.Resource.Id"/>).</param>
/// <param name="StartNanos">When the session started in this process, Unix nanoseconds.</param>
/// <param name="EndNanos">When it ended there, or the last instant known, Unix nanoseconds.</param>
/// <param name="Ended">Whether the process said that the session ended.</param>
/// <param name="Shared">Whether another process with the same resource ran at the same time, so that records between start and end may be of either.</param>
public readonly record struct SessionRun(ulong ResourceId, long StartNanos, long EndNanos, bool Ended, bool Shared);
