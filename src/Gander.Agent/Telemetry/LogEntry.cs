using System.Diagnostics;

namespace Gander.Agent.Telemetry;

/// <summary>A log record before it is encoded.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Body">Its text.</param>
/// <param name="Attributes">Its attributes: strings, booleans, 64-bit integers and doubles.</param>
/// <param name="Span">The span it was written in; default outside of any.</param>
internal sealed record LogEntry(DateTimeOffset Time, LogSeverity Severity, string Body, KeyValuePair<string, object?>[] Attributes, ActivityContext Span);
