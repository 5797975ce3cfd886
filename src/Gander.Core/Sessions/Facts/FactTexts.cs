using System.Text;
using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>The texts behind facts that were read from one batch a signal. Read-only, as long as the batches live.</summary>
/// <param name="spans">The batch the span facts were read from.</param>
/// <param name="logs">The batch the log facts were read from.</param>
internal sealed class FactTexts(SpanBatch spans, LogBatch logs)
{
    /// <summary>The text of an attribute of a span, or null when the span has none of that key.</summary>
    public string? Of(SpanFacts span, string key)
    {
        Span<byte> wanted = stackalloc byte[128];
        wanted = wanted[..Encoding.UTF8.GetBytes(key, wanted)];
        return Find(spans, spans.AttributeRanges[span.Row], wanted);
    }

    /// <summary>The text of an attribute of a log record, or null when the record has none of that key.</summary>
    public string? Of(in LogFacts note, string key)
    {
        Span<byte> wanted = stackalloc byte[128];
        wanted = wanted[..Encoding.UTF8.GetBytes(key, wanted)];
        return note.IsEvent ? Find(spans, spans.Events[note.Row].Attributes, wanted) : Find(logs, logs.AttributeRanges[note.Row], wanted);
    }

    /// <summary>The text of a log record or event.</summary>
    public string Of(in LogFacts note) =>
        note.IsEvent ? spans.Text.ToString(spans.Events[note.Row].Name) : logs.Text.ToString(logs.Bodies[note.Row]);

    /// <summary>The text of an attribute of one of a span's events, the first that has it; or null.</summary>
    public string? OfEvents(SpanFacts span, string key)
    {
        Span<byte> wanted = stackalloc byte[128];
        wanted = wanted[..Encoding.UTF8.GetBytes(key, wanted)];
        var events = spans.EventRanges[span.Row];
        for (var entry = events.Start; entry < events.End; entry++)
        {
            if (Find(spans, spans.Events[entry].Attributes, wanted) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private static string? Find(TelemetryBatch batch, RowRange rows, ReadOnlySpan<byte> key)
    {
        for (var i = rows.Start; i < rows.End; i++)
        {
            if (batch.Text[batch.Attributes.Keys[i]].SequenceEqual(key))
            {
                return batch.Text.ToString(batch.Attributes.Texts[i]);
            }
        }

        return null;
    }
}
