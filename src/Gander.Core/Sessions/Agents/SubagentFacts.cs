using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>A subagent's turn, as the turn that called it sees it.</summary>
/// <param name="SessionKey">The key of the subagent's session.</param>
/// <param name="Name">The subagent's name.</param>
/// <param name="StartNanos">Start, Unix nanoseconds.</param>
/// <param name="EndNanos">End, Unix nanoseconds.</param>
/// <param name="Failed">Whether its span says that it failed.</param>
/// <param name="Span">The span of its turn.</param>
internal readonly record struct SubagentFacts(string SessionKey, string Name, long StartNanos, long EndNanos, bool Failed, SpanId Span);
