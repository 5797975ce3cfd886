using System.Text;
using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>
/// Reads one <c>TimeSeries</c> of either version. The fields differ in little: version 2 has labels by number, the other way
/// round exemplars and histograms, and its own metadata and created timestamp.
/// </summary>
internal ref struct WriteSeries
{
    private const uint Labels = (1 << 3) | 2;
    private const uint OneLabel = 1 << 3;
    private const uint Samples = (2 << 3) | 2;
    private const uint Third = (3 << 3) | 2;
    private const uint Fourth = (4 << 3) | 2;
    private const uint Metadata = (5 << 3) | 2;
    private const uint Created = 6 << 3;

    private readonly TextSource _text;
    private readonly WriteContext _context;
    private readonly RemoteWriteVersion _version;
    private LabelOwner _labels;
    private TextRef _metadata;
    private long _createdMillis;
    private int _gauge = -1;
    private int _carrier = -1;

    private WriteSeries(in TextSource text, RemoteWriteVersion version, WriteContext context)
    {
        _text = text;
        (_version, _context) = (version, context);
        _labels = new LabelOwner(context.Batch.Attributes.Count);
    }

    /// <summary>Reads the series at <paramref name="range"/>.</summary>
    public static void Read(in TextSource text, TextRef range, RemoteWriteVersion version, WriteContext context)
    {
        var series = new WriteSeries(text, version, context);
        series.ReadShared(range);
        if (series._labels.Name.IsEmpty)
        {
            series._labels.Fail(WriteRules.NameMissing);
        }

        if (series._labels.Problem is not null)
        {
            context.Batch.Attributes.Truncate(series._labels.Range.Start);
        }

        series.ReadItems(range);
    }

    private void ReadShared(TextRef range)
    {
        var reader = new ProtobufReader(_text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case Labels when _version == RemoteWriteVersion.One:
                    WriteLabels.Read(_text, reader.ReadRange(), _context, ref _labels);
                    break;
                case Labels:
                    WriteLabels.ReadReferences(_text, reader.ReadRange(), _context, ref _labels);
                    break;
                case OneLabel when _version == RemoteWriteVersion.Two:
                    throw new OtlpDecodeException("label references of a version 2 request must be packed");
                case Metadata when _version == RemoteWriteVersion.Two:
                    _metadata = reader.ReadRange();
                    break;
                case Created when _version == RemoteWriteVersion.Two:
                    _createdMillis = (long)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    private void ReadItems(TextRef range)
    {
        var exemplars = _version == RemoteWriteVersion.One ? Third : Fourth;
        var reader = new ProtobufReader(_text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            if (tag is not (Samples or Third or Fourth))
            {
                reader.Skip(tag);
                continue;
            }

            var item = reader.ReadRange();
            DecodeContext.CheckCount(_context.Counts.Seen, _context.Limits.MaxRecords, "samples");
            var problem = _labels.Problem ?? (tag == Samples ? ReadSample(item) : tag == exemplars ? ReadExemplar(item) : ReadHistogram(item));
            if (problem is not null)
            {
                _context.Counts.Rejections.Add(problem, _context.Counts.Seen);
            }
        }
    }

    private string? ReadSample(TextRef range)
    {
        ulong bits = 0;
        long millis = 0, startMillis = _createdMillis;
        var reader = new ProtobufReader(_text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 1:
                    bits = reader.ReadFixed64();
                    break;
                case 2 << 3:
                    millis = (long)reader.ReadVarint();
                    break;
                case 3 << 3:
                    startMillis = (long)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (!_context.TryTime(millis, out var nanos) || !_context.TryTime(startMillis, out var startNanos))
        {
            return WriteRules.TimeOutOfRange;
        }

        _gauge = _gauge < 0 ? Metric(MetricKind.Gauge, Temporality.Unspecified) : _gauge;
        _context.Batch.Add(new PointRow
        {
            Metric = _gauge,
            StartNanos = startNanos,
            TimeNanos = nanos,
            Attributes = _labels.Range,
            ValueKind = AttributeKind.Double,
            ValueBits = (long)bits,
            Distribution = -1,
        });
        _context.Counts.Samples++;
        return null;
    }

    private string? ReadExemplar(TextRef range)
    {
        var batch = _context.Batch;
        var labels = new LabelOwner(batch.Attributes.Count);
        ulong bits = 0;
        long millis = 0;
        var reader = new ProtobufReader(_text.Body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case Labels when _version == RemoteWriteVersion.One:
                    WriteLabels.Read(_text, reader.ReadRange(), _context, ref labels);
                    break;
                case Labels:
                    WriteLabels.ReadReferences(_text, reader.ReadRange(), _context, ref labels);
                    break;
                case (2 << 3) | 1:
                    bits = reader.ReadFixed64();
                    break;
                case 3 << 3:
                    millis = (long)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (!_context.TryTime(millis, out var nanos))
        {
            labels.Fail(WriteRules.TimeOutOfRange);
        }

        if (labels.Problem is not null)
        {
            batch.Attributes.Truncate(labels.Range.Start);
            return labels.Problem;
        }

        var (traceId, spanId, others) = WriteLabels.TakeTrace(_text, batch.Attributes, labels.Range);
        batch.Exemplars.Add(new Exemplar(nanos, AttributeKind.Double, (long)bits, traceId, spanId, others));
        _carrier = _carrier < 0 ? Metric(MetricKind.Summary, Temporality.Unspecified) : _carrier;
        batch.Add(new PointRow
        {
            Metric = _carrier,
            TimeNanos = nanos,
            Attributes = _labels.Range,
            Exemplars = new RowRange(batch.Exemplars.Count - 1, batch.Exemplars.Count),
            ValueKind = AttributeKind.Empty,
            Distribution = -1,
        });
        _context.Counts.Exemplars++;
        return null;
    }

    private string? ReadHistogram(TextRef range)
    {
        var batch = _context.Batch;
        var (counts, doubles) = (batch.Counts.Count, batch.Doubles.Count);
        var histogram = new WriteHistogram(_text, range, _context);
        var problem = histogram.Read(_createdMillis, out var point);
        if (problem is not null)
        {
            batch.Counts.Truncate(counts);
            batch.Doubles.Truncate(doubles);
            return problem;
        }

        point.Metric = Metric(histogram.Kind, histogram.Temporality);
        point.Attributes = _labels.Range;
        batch.Add(point);
        _context.Counts.Histograms++;
        return null;
    }

    private int Metric(MetricKind kind, Temporality temporality)
    {
        var name = _text[_labels.Name];
        var metrics = _context.Scratch.Metrics;
        var metric = metrics.Find(_text, _context.Batch, name, kind, temporality);
        if (metric < 0)
        {
            metric = _context.Batch.Metrics.Count;
            _context.Batch.Metrics.Add(new MetricDescriptor(_labels.Name, default, Description(name), kind, temporality, IsMonotonic: false, ResourceIndex: 0, ScopeIndex: 0));
            metrics.Add(name, metric);
        }

        return metric;
    }

    private readonly TextRef Description(ReadOnlySpan<byte> name)
    {
        if (_version == RemoteWriteVersion.One)
        {
            return PrometheusTexts.Append(_text.Added, _context.Metadata.Find(name));
        }

        if (_metadata.IsEmpty)
        {
            return default;
        }

        ulong type = 0, help = 0, unit = 0;
        var reader = new ProtobufReader(_text.Body, _metadata);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case 1 << 3:
                    type = reader.ReadVarint();
                    break;
                case 3 << 3:
                    help = reader.ReadVarint();
                    break;
                case 4 << 3:
                    unit = reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        var metadata = PrometheusTexts.Metadata(type, Symbol(unit), Symbol(help));
        return type == 0 && help == 0 && unit == 0 ? default : PrometheusTexts.Append(_text.Added, Encoding.UTF8.GetBytes(metadata.ToString()));
    }

    private readonly ReadOnlySpan<byte> Symbol(ulong reference)
    {
        var symbols = _context.Scratch.Symbols;
        return reference < (ulong)symbols.Count && symbols[(int)reference].Length > 0 ? _text[symbols[(int)reference]] : default;
    }
}
