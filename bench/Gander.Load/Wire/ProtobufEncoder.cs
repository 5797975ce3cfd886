using System.Text;
using Gander.Load.Generation;

namespace Gander.Load.Wire;

/// <summary>OTLP as protobuf; field numbers as in opentelemetry-proto 1.x. Not thread-safe.</summary>
internal sealed class ProtobufEncoder : IOtlpEncoder
{
    private const int Cumulative = 2;

    private readonly ProtobufWriter _writer = new();

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Spans(IReadOnlyList<SpanRecord> spans)
    {
        _writer.Clear();
        foreach (var group in Grouping.ByEmitter(spans, span => span.Emitter))
        {
            var resource = BeginGroup(group[0].Emitter, out var scope);
            foreach (var span in group)
            {
                Span(span);
            }

            EndGroup(resource, scope);
        }

        return _writer.Written;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Logs(IReadOnlyList<LogRecord> logs)
    {
        _writer.Clear();
        foreach (var group in Grouping.ByEmitter(logs, log => log.Emitter))
        {
            var resource = BeginGroup(group[0].Emitter, out var scope);
            foreach (var log in group)
            {
                Log(log);
            }

            EndGroup(resource, scope);
        }

        return _writer.Written;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Metrics(IReadOnlyList<MetricPoint> points)
    {
        _writer.Clear();
        foreach (var group in Grouping.ByEmitter(points, point => point.Emitter))
        {
            var resource = BeginGroup(group[0].Emitter, out var scope);
            foreach (var metric in group.GroupBy(point => point.Name))
            {
                Metric([.. metric]);
            }

            EndGroup(resource, scope);
        }

        return _writer.Written;
    }

    private int BeginGroup(Emitter emitter, out int scope)
    {
        var group = _writer.Begin(1);
        var resource = _writer.Begin(1);
        Attributes(1, emitter.Attributes);
        _writer.End(resource);
        scope = _writer.Begin(2);
        var named = _writer.Begin(1);
        _writer.Bytes(1, Grouping.ScopeName);
        _writer.Bytes(2, Grouping.ScopeVersion);
        _writer.End(named);
        return group;
    }

    private void EndGroup(int group, int scope)
    {
        _writer.End(scope);
        _writer.End(group);
    }

    private void Span(SpanRecord span)
    {
        var start = _writer.Begin(2);
        _writer.Id(1, span.TraceHigh, span.TraceLow);
        _writer.Id(2, span.SpanId);
        if (span.ParentId != 0)
        {
            _writer.Id(4, span.ParentId);
        }

        _writer.Bytes(5, span.Name);
        _writer.Integer(6, span.Kind);
        _writer.Fixed(7, (ulong)span.StartNanos);
        _writer.Fixed(8, (ulong)span.EndNanos);
        Attributes(9, span.Attributes);
        if (span.Status == 2)
        {
            var failure = _writer.Begin(11);
            _writer.Fixed(1, (ulong)span.EndNanos);
            _writer.Bytes(2, SpanSource.EventName);
            Attributes(3, SpanSource.EventAttributes);
            _writer.End(failure);
        }

        if (span.Status != 0)
        {
            var status = _writer.Begin(15);
            if (span.Status == 2)
            {
                _writer.Bytes(2, SpanSource.ErrorMessage);
            }

            _writer.Integer(3, span.Status);
            _writer.End(status);
        }

        _writer.End(start);
    }

    private void Log(LogRecord log)
    {
        var start = _writer.Begin(2);
        _writer.Fixed(1, (ulong)log.TimeNanos);
        _writer.Integer(2, log.Severity);
        _writer.Bytes(3, Encoding.ASCII.GetBytes(log.SeverityText));
        var body = _writer.Begin(5);
        _writer.Bytes(1, log.Body);
        _writer.End(body);
        Attributes(6, log.Attributes);
        _writer.Id(9, log.TraceHigh, log.TraceLow);
        _writer.Id(10, log.SpanId);
        _writer.Fixed(11, (ulong)log.TimeNanos);
        _writer.End(start);
    }

    private void Metric(List<MetricPoint> points)
    {
        var histogram = points[0].Buckets.Count > 0;
        var metric = _writer.Begin(2);
        _writer.Bytes(1, points[0].Name);
        _writer.Bytes(3, points[0].Unit);
        var data = _writer.Begin(histogram ? 9 : 7);
        foreach (var point in points)
        {
            var start = _writer.Begin(1);
            _writer.Fixed(2, (ulong)point.StartNanos);
            _writer.Fixed(3, (ulong)point.TimeNanos);
            if (histogram)
            {
                _writer.Fixed(4, (ulong)point.Buckets.Sum());
                _writer.Real(5, point.Value);
                _writer.PackedFixed(6, point.Buckets);
                _writer.PackedReal(7, MetricSource.Bounds);
                Attributes(9, point.Attributes);
            }
            else
            {
                _writer.Real(4, point.Value);
                Attributes(7, point.Attributes);
            }

            _writer.End(start);
        }

        _writer.Integer(2, Cumulative);
        if (!histogram)
        {
            _writer.Integer(3, 1);
        }

        _writer.End(data);
        _writer.End(metric);
    }

    private void Attributes(int field, IReadOnlyList<Field> attributes)
    {
        foreach (var attribute in attributes)
        {
            var pair = _writer.Begin(field);
            _writer.Bytes(1, attribute.Key);
            var value = _writer.Begin(2);
            switch (attribute.Kind)
            {
                case FieldKind.Text:
                    _writer.Bytes(1, attribute.Text.Span);
                    break;
                case FieldKind.Truth:
                    _writer.Integer(2, attribute.Bits);
                    break;
                case FieldKind.Integer:
                    _writer.Integer(3, attribute.Bits);
                    break;
                default:
                    _writer.Real(4, attribute.Real);
                    break;
            }

            _writer.End(value);
            _writer.End(pair);
        }
    }
}
