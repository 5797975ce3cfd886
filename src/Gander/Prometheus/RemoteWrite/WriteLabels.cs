using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>Reads labels of series and exemplars.</summary>
internal static class WriteLabels
{
    private const int MaxOnStack = 16;

    /// <summary>Reads a <c>Label</c> of version 1.</summary>
    public static void Read(in TextSource text, TextRef range, WriteContext context, ref LabelOwner owner)
    {
        ProtobufValues.ReadKeyValue(text.Body, range, out var name, out var value);
        if (Utf8Text.IsValid(text[name]) && Utf8Text.IsValid(text[value]))
        {
            owner.Add(text, context, name, value);
        }
        else
        {
            owner.Fail(WriteRules.NotText);
        }
    }

    /// <summary>Reads the packed references of version 2: names and values in turn.</summary>
    public static void ReadReferences(in TextSource text, TextRef range, WriteContext context, ref LabelOwner owner)
    {
        var symbols = context.Scratch.Symbols.Values;
        var reader = new ProtobufReader(text.Body, range);
        while (!reader.IsAtEnd)
        {
            var name = reader.ReadVarint();
            var value = reader.IsAtEnd ? ulong.MaxValue : reader.ReadVarint();
            if (name >= (ulong)symbols.Length || value >= (ulong)symbols.Length)
            {
                owner.Fail(WriteRules.SymbolMissing);
            }
            else if (symbols[(int)name].Length < 0 || symbols[(int)value].Length < 0)
            {
                owner.Fail(WriteRules.NotText);
            }
            else
            {
                owner.Add(text, context, symbols[(int)name], symbols[(int)value]);
            }
        }
    }

    /// <summary>Takes <c>trace_id</c> and <c>span_id</c>, where they are such, out of the last labels added.</summary>
    public static (TraceId TraceId, SpanId SpanId, RowRange Others) TakeTrace(in TextSource text, AttributeColumns attributes, RowRange labels)
    {
        TraceId traceId = default;
        SpanId spanId = default;
        Span<(TextRef Key, TextRef Value)> others = labels.Count <= MaxOnStack ? stackalloc (TextRef, TextRef)[MaxOnStack] : new (TextRef, TextRef)[labels.Count];
        var kept = 0;
        for (var row = labels.Start; row < labels.End; row++)
        {
            var (key, value) = (attributes.Keys[row], attributes.Texts[row]);
            var isTaken = text[key].SequenceEqual("trace_id"u8) ? PrometheusTexts.TryTraceId(text[value], out traceId)
                : text[key].SequenceEqual("span_id"u8) && PrometheusTexts.TrySpanId(text[value], out spanId);
            if (!isTaken)
            {
                others[kept++] = (key, value);
            }
        }

        if (kept < labels.Count)
        {
            attributes.Truncate(labels.Start);
            foreach (var (key, value) in others[..kept])
            {
                attributes.AddText(key, AttributeKind.String, value);
            }
        }

        return (traceId, spanId, new RowRange(labels.Start, labels.Start + kept));
    }
}
