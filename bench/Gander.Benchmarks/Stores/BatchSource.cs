using Gander.Load.Generation;
using Gander.Telemetry;

namespace Gander.Benchmarks.Stores;

/// <summary>Generated telemetry as batches, as a decoder would hand them over. Not thread-safe.</summary>
internal sealed class BatchSource
{
    private static readonly InstrumentationScope Scope = new("agent");

    private readonly SpanSource _spans;
    private readonly LogSource _logs;
    private readonly Dictionary<Emitter, Resource> _resources = [];
    private long _spanNumber;
    private long _logNumber;

    public BatchSource(ulong seed)
    {
        var corpus = Corpus.Load(null);
        var random = new SplitMix(seed);
        var population = new Population(random);
        _spans = new SpanSource(population, corpus, random, run: 1);
        _logs = new LogSource(population, corpus, random, run: 2);
    }

    public void Fill(SpanBatch batch, int count, long nowNanos)
    {
        batch.Clear();
        foreach (var span in _spans.Take(count, _spanNumber, nowNanos))
        {
            batch.Add(new SpanRow
            {
                StartNanos = span.StartNanos,
                EndNanos = span.EndNanos,
                TraceId = new TraceId(span.TraceHigh, span.TraceLow),
                SpanId = new SpanId(span.SpanId),
                ParentSpanId = new SpanId(span.ParentId),
                Name = batch.Text.Add(span.Name),
                Kind = (byte)span.Kind,
                StatusCode = (byte)span.Status,
                StatusMessage = span.Status == 2 ? batch.Text.Add(SpanSource.ErrorMessage) : default,
                ResourceIndex = ResourceIndex(batch, span.Emitter),
                Attributes = Attributes(batch, span.Attributes),
                Events = span.Status == 2 ? Event(batch, span.EndNanos) : default,
            });
        }

        _spanNumber += batch.Count;
        batch.Scopes.Add(Scope);
    }

    public void Fill(LogBatch batch, int count, long nowNanos)
    {
        batch.Clear();
        foreach (var record in _logs.Take(count, _logNumber, nowNanos).Take(count))
        {
            batch.Add(new LogRow
            {
                TimeNanos = record.TimeNanos,
                ObservedNanos = record.TimeNanos,
                TraceId = new TraceId(record.TraceHigh, record.TraceLow),
                SpanId = new SpanId(record.SpanId),
                Severity = (byte)record.Severity,
                SeverityText = batch.Text.Add(record.SeverityText),
                BodyKind = AttributeKind.String,
                Body = batch.Text.Add(record.Body),
                ResourceIndex = ResourceIndex(batch, record.Emitter),
                Attributes = Attributes(batch, record.Attributes),
            });
        }

        _logNumber += batch.Count;
        batch.Scopes.Add(Scope);
    }

    private int ResourceIndex(TelemetryBatch batch, Emitter emitter)
    {
        if (!_resources.TryGetValue(emitter, out var resource))
        {
            resource = new Resource(emitter.Attributes.Select(field => KeyValuePair.Create(Utf8(field.Key), AttributeValue.Of(Utf8(field.Text.Span)))));
            _resources.Add(emitter, resource);
        }

        var index = batch.Resources.IndexOf(resource);
        if (index < 0)
        {
            index = batch.Resources.Count;
            batch.Resources.Add(resource);
        }

        return index;
    }

    private static RowRange Event(SpanBatch batch, long nanos)
    {
        var attributes = Attributes(batch, SpanSource.EventAttributes);
        batch.Events.Add(new SpanEvent(nanos, batch.Text.Add(SpanSource.EventName), attributes, 0));
        return new RowRange(batch.Events.Count - 1, batch.Events.Count);
    }

    private static RowRange Attributes(TelemetryBatch batch, IEnumerable<Field> fields)
    {
        var start = batch.Attributes.Count;
        foreach (var field in fields)
        {
            var key = batch.Text.Add(field.Key);
            if (field.Kind == FieldKind.Text)
            {
                batch.Attributes.AddText(key, AttributeKind.String, batch.Text.Add(field.Text.Span));
            }
            else
            {
                batch.Attributes.AddScalar(
                    key, field.Kind switch { FieldKind.Integer => AttributeKind.Int, FieldKind.Real => AttributeKind.Double, _ => AttributeKind.Bool }, field.Bits);
            }
        }

        return new RowRange(start, batch.Attributes.Count);
    }

    private static string Utf8(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);
}
