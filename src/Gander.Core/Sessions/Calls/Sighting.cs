using System.Runtime.CompilerServices;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Calls;

/// <summary>One log record or span that tells of a call.</summary>
internal sealed class Sighting
{
    private static readonly CallFacts NoCall = new();

    // Far larger than the rest, and most sightings are of spans.
    private readonly StrongBox<LogFacts>? _log;

    /// <summary>Seen in a span.</summary>
    public Sighting(TraceTree tree, int index)
    {
        var span = tree.Spans[index];
        (Span, Call, Tree, Index) = (span, span.Call ?? NoCall, tree, index);
        (StartNanos, EndNanos) = (span.StartNanos, span.EndNanos);
    }

    /// <summary>Seen in a log record, which agents write when the call is over.</summary>
    public Sighting(in LogFacts log)
    {
        (_log, LogKind, Call) = (new StrongBox<LogFacts>(log), log.Kind, log.Call ?? NoCall);
        (StartNanos, EndNanos) = (log.TimeNanos - Math.Max(0, Call.DurationNanos), log.TimeNanos);
    }

    /// <summary>The span, or null.</summary>
    public SpanFacts? Span { get; }

    /// <summary>What the log record means; null for a span.</summary>
    public LogFactKind? LogKind { get; }

    /// <summary>The span's trace, or null.</summary>
    public TraceTree? Tree { get; }

    /// <summary>The span's place in its trace.</summary>
    public int Index { get; }

    /// <summary>What it tells.</summary>
    public CallFacts Call { get; }

    /// <summary>Start, Unix nanoseconds.</summary>
    public long StartNanos { get; }

    /// <summary>End, Unix nanoseconds.</summary>
    public long EndNanos { get; }

    /// <summary>What sort of telemetry it is.</summary>
    public FigureSource Source => Span is null ? FigureSource.Log : FigureSource.Span;

    /// <summary>The trace it lies in, or empty.</summary>
    public TraceId TraceId => Span?.Trace ?? _log!.Value.Trace;

    /// <summary>Whether it says that the call failed, or null when it says nothing.</summary>
    public bool? Failed => Call.Success is { } success ? !success : Span is { Status: 2 } || LogKind == LogFactKind.ModelFailure ? true : null;

    /// <summary>The first text under one of the keys, or null.</summary>
    public string? Text(FactTexts? texts, IReadOnlyList<string> keys)
    {
        if (texts is null)
        {
            return null;
        }

        foreach (var key in keys)
        {
            if ((Span is { } span ? texts.Of(span, key) ?? OfEvents(texts, span, key) : texts.Of(_log!.Value, key)) is { Length: > 0 } text
                && text is not ("<REDACTED>" or "[REDACTED]"))
            {
                return text;
            }
        }

        return null;
    }

    // What went wrong stands in the conventions' exception event.
    private static string? OfEvents(FactTexts texts, SpanFacts span, string key) =>
        key.StartsWith("exception.", StringComparison.Ordinal) ? texts.OfEvents(span, key) : null;
}
