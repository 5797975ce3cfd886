using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>
/// Reads remote write requests (Prometheus Remote-Write 1.0, and 2.0 as of its release candidate 4) from the batch's own text
/// buffer into its columns, as <see cref="PrometheusScope"/> says. Text stays where it arrived; no memory is allocated for a
/// sample. Samples that break a rule are left out and counted, unknown fields are passed over.
/// </summary>
internal static class RemoteWriteDecoder
{
    private static readonly InstrumentationScope Scope = new(PrometheusScope.Name);

    /// <summary>Decodes a request.</summary>
    /// <exception cref="OtlpDecodeException">The body is no such message or over a limit; clear the batch.</exception>
    public static void Decode(RemoteWriteVersion version, WriteContext context)
    {
        var batch = context.Batch;
        batch.Resources.Add(Resource.Empty);
        batch.Scopes.Add(Scope);
        using var added = new AddedText(batch.Text.Length, context.Limits.MaxAddedTextBytes);
        var text = new TextSource(batch.Text.Written, added);
        if (version == RemoteWriteVersion.One)
        {
            ReadOne(text, context);
        }
        else
        {
            ReadTwo(text, context);
        }

        added.AppendTo(batch.Text);
    }

    // prompb/remote.proto, WriteRequest.
    private static void ReadOne(in TextSource text, WriteContext context)
    {
        var request = new ProtobufReader(text.Body, new TextRef(0, text.Body.Length));
        while (request.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    WriteSeries.Read(text, request.ReadRange(), RemoteWriteVersion.One, context);
                    break;
                case (3 << 3) | 2:
                    ReadMetadata(text, request.ReadRange(), context.Metadata);
                    break;
                default:
                    request.Skip(tag);
                    break;
            }
        }
    }

    // prompb/io/prometheus/write/v2/types.proto, Request. Symbols may come after the series that use them.
    private static void ReadTwo(in TextSource text, WriteContext context)
    {
        var symbols = context.Scratch.Symbols;
        var request = new ProtobufReader(text.Body, new TextRef(0, text.Body.Length));
        while (request.TryReadTag(out var tag))
        {
            if (tag == ((4 << 3) | 2))
            {
                DecodeContext.CheckCount(symbols.Count, context.Limits.MaxAttributes, "symbols");
                var symbol = request.ReadRange();
                symbols.Add(Utf8Text.IsValid(text[symbol]) ? symbol : new TextRef(symbol.Offset, -1));
            }
            else
            {
                request.Skip(tag);
            }
        }

        // "The first element of the symbols table MUST be an empty string": no label refers to it by mistake.
        if (symbols.Count > 0 && symbols[0].Length != 0)
        {
            throw new OtlpDecodeException("the first symbol of a version 2 request must be empty");
        }

        var series = new ProtobufReader(text.Body, new TextRef(0, text.Body.Length));
        while (ProtobufEnvelope.TryReadItem(ref series, 5, out var range))
        {
            WriteSeries.Read(text, range, RemoteWriteVersion.Two, context);
        }
    }

    // prompb/types.proto, MetricMetadata.
    private static void ReadMetadata(in TextSource text, TextRef range, RemoteWriteMetadata metadata)
    {
        var type = 0UL;
        TextRef family = default, help = default, unit = default;
        var reader = new ProtobufReader(text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case 1 << 3:
                    type = reader.ReadVarint();
                    break;
                case (2 << 3) | 2:
                    family = reader.ReadRange();
                    break;
                case (4 << 3) | 2:
                    help = reader.ReadRange();
                    break;
                case (5 << 3) | 2:
                    unit = reader.ReadRange();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (!family.IsEmpty)
        {
            metadata.Add(text[family], PrometheusTexts.Metadata(type, text[unit], text[help]));
        }
    }
}
