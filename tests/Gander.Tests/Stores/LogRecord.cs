using System.Globalization;
using System.Text;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>One log record as a plain object. Becomes a batch of one where a batch is asked for.</summary>
public sealed record LogRecord : TelemetryRecord
{
    private const int PreviewBytes = 256;

    public long TimeNanos { get; init; }

    public long ObservedNanos { get; init; }

    public byte Severity { get; init; }

    public string SeverityText { get; init; } = "";

    public string EventName { get; init; } = "";

    public AttributeKind BodyKind { get; init; }

    public string Body { get; init; } = "";

    public override long OrderNanos => TimeNanos != 0 ? TimeNanos : ObservedNanos;

    public static implicit operator LogBatch(LogRecord record) => Some.LogBatch(record);

    public static LogRecord Read(LogBatch batch, int row) => new()
    {
        TimeNanos = batch.TimeNanos[row],
        ObservedNanos = batch.ObservedNanos[row],
        TraceId = batch.TraceIds[row],
        SpanId = batch.SpanIds[row],
        Flags = batch.Flags[row],
        Severity = batch.Severities[row],
        SeverityText = batch.Text.ToString(batch.SeverityTexts[row]),
        EventName = batch.Text.ToString(batch.EventNames[row]),
        BodyKind = batch.BodyKinds[row],
        Body = batch.Text.ToString(batch.Bodies[row]),
        Resource = batch.Resources[batch.ResourceIndexes[row]],
        Scope = batch.Scopes[batch.ScopeIndexes[row]],
        Attributes = PlainAttributes.Read(batch, batch.AttributeRanges[row]),
        DroppedAttributes = batch.DroppedAttributes[row],
    };

    public static IReadOnlyList<LogRecord> ReadAll(LogBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(row => Read(batch, row))];

    public void AddTo(LogBatch batch) => batch.Add(new LogRow
    {
        TimeNanos = TimeNanos,
        ObservedNanos = ObservedNanos,
        TraceId = TraceId,
        SpanId = SpanId,
        Flags = Flags,
        Severity = Severity,
        SeverityText = batch.Text.Add(SeverityText),
        EventName = batch.Text.Add(EventName),
        BodyKind = BodyKind,
        Body = batch.Text.Add(Body),
        ResourceIndex = PlainAttributes.IndexOf(batch.Resources, Resource, resource => resource.Id),
        ScopeIndex = PlainAttributes.IndexOf(batch.Scopes, Scope, scope => scope.Id),
        Attributes = PlainAttributes.Add(batch, Attributes),
        DroppedAttributes = DroppedAttributes,
    });

    public LogRecord At(RecordDetail detail) => detail switch
    {
        RecordDetail.Everything => this,
        RecordDetail.Attributes => this with { Attributes = AttributesAt(detail), Body = Preview() },
        _ => this with { Attributes = AttributesAt(detail), Body = "", BodyKind = AttributeKind.Empty },
    };

    public override AttributeValue? Value(RecordField field) => field switch
    {
        RecordField.Name => Present(EventName),
        RecordField.Severity => AttributeValue.Of((long)Severity),
        RecordField.Body => BodyKind == AttributeKind.Empty ? null : AttributeValue.Of(Body),
        _ => base.Value(field),
    };

    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeNanos}/{ObservedNanos} severity={Severity} {SeverityText} event={EventName} body={BodyKind}:{Body} {DescribeShared()}");

    // The longest prefix of whole characters in 256 bytes.
    private string Preview()
    {
        var bytes = Encoding.UTF8.GetBytes(Body);
        var length = Math.Min(bytes.Length, PreviewBytes);
        while (length < bytes.Length && length > 0 && (bytes[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
