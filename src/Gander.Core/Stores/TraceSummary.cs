using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>What a list shows of one trace: figures over all its spans inside the range that was asked for.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="StartNanos">The earliest start, Unix nanoseconds.</param>
/// <param name="EndNanos">The latest end, Unix nanoseconds.</param>
/// <param name="Spans">Spans.</param>
/// <param name="Errors">Spans whose status is error.</param>
/// <param name="RootName">The name of the earliest span without a parent, or null when no such span has come.</param>
/// <param name="RootService"><c>service.name</c> of that span's resource, or null with it.</param>
public sealed record TraceSummary(
    TraceId TraceId, long StartNanos, long EndNanos, int Spans, int Errors, string? RootName, string? RootService);
