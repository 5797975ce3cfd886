using Gander.Storage.DuckDb.Native;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Records;

/// <summary>The table of log records. Its time is the effective one; what was sent follows from two small columns.</summary>
internal sealed class LogTable : RecordTable<LogBatch>
{
    private const int PreviewBytes = 256;

    private const int Timed = SharedColumns.Count;
    private const int ObservedDelay = Timed + 1;
    private const int Severity = Timed + 2;
    private const int SeverityText = Timed + 3;
    private const int EventName = Timed + 4;
    private const int BodyKind = Timed + 5;
    private const int Body = Timed + 6;

    private readonly AttributeAppender _attributes = new();

    public LogTable()
        : base(
        [
            new("timed", "UTINYINT"),
            new("observed_delay_ns", "BIGINT"),
            new("severity", "UTINYINT"),
            new("severity_text", "VARCHAR"),
            new("event_name", "VARCHAR"),
            new("body_kind", "UTINYINT", RecordDetail.Attributes),
            new("body", "VARCHAR USING COMPRESSION zstd", RecordDetail.Everything, $"substring(body, 1, {PreviewBytes})"),
        ])
    {
    }

    public override Signal Signal => Signal.Logs;

    public override string Name => "logs";

    public override long OrderNanos(LogBatch batch, int row) => batch.EffectiveNanos(row);

    public override int ResourceIndex(LogBatch batch, int row) => batch.ResourceIndexes[row];

    public override int ScopeIndex(LogBatch batch, int row) => batch.ScopeIndexes[row];

    public override void Append(ChunkAppender to, LogBatch batch, int row, in RowIdentity identity)
    {
        var time = batch.EffectiveNanos(row);
        to.Int64(SharedColumns.Time, time);
        to.Int64(SharedColumns.Sequence, identity.Sequence);
        to.TraceId(SharedColumns.TraceId, batch.TraceIds[row]);
        to.SpanId(SharedColumns.SpanId, batch.SpanIds[row]);
        to.UInt32(SharedColumns.Flags, batch.Flags[row]);
        to.Int32(SharedColumns.Resource, identity.ResourceId);
        to.Int32(SharedColumns.Scope, identity.ScopeId);
        to.UInt32(SharedColumns.DroppedAttributes, batch.DroppedAttributes[row]);
        _attributes.Append(to, batch, batch.AttributeRanges[row]);
        to.UInt8(Timed, (byte)(batch.TimeNanos[row] != 0 ? 1 : 0));
        to.Int64(ObservedDelay, unchecked(batch.ObservedNanos[row] - time));
        to.UInt8(Severity, batch.Severities[row]);
        to.TextOrNull(SeverityText, batch.Text[batch.SeverityTexts[row]]);
        to.TextOrNull(EventName, batch.Text[batch.EventNames[row]]);
        to.UInt8(BodyKind, (byte)batch.BodyKinds[row]);
        to.TextOrNull(Body, batch.Text[batch.Bodies[row]]);
    }

    public override void Dispose() => _attributes.Dispose();

    public override void Read(in StoredRow from, AnswerBuilder<LogBatch> answer)
    {
        var chunk = from.Chunk;
        var row = from.Row;
        var time = from.TimeNanos;
        answer.Batch.Add(new LogRow
        {
            TimeNanos = chunk[Timed].UInt8(row) != 0 ? time : 0,
            ObservedNanos = unchecked(time + chunk[ObservedDelay].Int64(row)),
            TraceId = chunk[SharedColumns.TraceId].TraceId(row),
            SpanId = chunk[SharedColumns.SpanId].IsNull(row) ? default : new SpanId(chunk[SharedColumns.SpanId].UInt64(row)),
            Flags = chunk[SharedColumns.Flags].UInt32(row),
            Severity = chunk[Severity].UInt8(row),
            SeverityText = answer.Text(from, SeverityText),
            EventName = answer.Text(from, EventName),
            BodyKind = chunk.Has(BodyKind) ? (AttributeKind)chunk[BodyKind].UInt8(row) : AttributeKind.Empty,
            Body = chunk.Has(Body) ? answer.Batch.Text.Add(BodyOf(chunk, row)) : default,
            ResourceIndex = answer.Resource(from),
            ScopeIndex = answer.Scope(from),
            Attributes = answer.Attributes(from),
            DroppedAttributes = chunk[SharedColumns.DroppedAttributes].UInt32(row),
        });
    }

    // The engine cuts previews by characters; here they are cut by bytes, after a whole character.
    private static ReadOnlySpan<byte> BodyOf(StoredChunk chunk, int row)
    {
        var body = chunk[Body].Bytes(row);
        if (chunk.Detail == RecordDetail.Everything || body.Length <= PreviewBytes)
        {
            return body;
        }

        var length = PreviewBytes;
        while (length > 0 && (body[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return body[..length];
    }
}
