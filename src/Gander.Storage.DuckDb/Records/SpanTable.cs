using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gander.Storage.DuckDb.Native;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Records;

/// <summary>The table of spans.</summary>
internal sealed class SpanTable : RecordTable<SpanBatch>
{
    private const int Duration = SharedColumns.Count;
    private const int Parent = Duration + 1;
    private const int NameColumn = Duration + 2;
    private const int Kind = Duration + 3;
    private const int Status = Duration + 4;
    private const int StatusMessage = Duration + 5;
    private const int TraceState = Duration + 6;
    private const int DroppedEvents = Duration + 7;
    private const int DroppedLinks = Duration + 8;
    private const int Events = Duration + 9;
    private const int Links = Duration + 10;

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly AttributeAppender _attributes = new();
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer;

    public SpanTable()
        : base(
        [
            new("duration_ns", "BIGINT NOT NULL USING COMPRESSION bitpacking"),
            new("parent_id", "UBIGINT"),
            new("name", "VARCHAR"),
            new("kind", "UTINYINT USING COMPRESSION bitpacking"),
            new("status", "UTINYINT USING COMPRESSION bitpacking"),
            new("status_message", "VARCHAR"),
            new("trace_state", "VARCHAR"),
            new("dropped_events", "UINTEGER USING COMPRESSION bitpacking"),
            new("dropped_links", "UINTEGER USING COMPRESSION bitpacking"),
            new("events", "VARCHAR USING COMPRESSION zstd", RecordDetail.Everything),
            new("links", "VARCHAR USING COMPRESSION zstd", RecordDetail.Everything),
        ]) => _writer = new Utf8JsonWriter(_json, JsonOptions);

    public override Signal Signal => Signal.Traces;

    public override string Name => "spans";

    public override long OrderNanos(SpanBatch batch, int row) => batch.StartNanos[row];

    public override int ResourceIndex(SpanBatch batch, int row) => batch.ResourceIndexes[row];

    public override int ScopeIndex(SpanBatch batch, int row) => batch.ScopeIndexes[row];

    public override void Append(ChunkAppender to, SpanBatch batch, int row, in RowIdentity identity)
    {
        to.Int64(SharedColumns.Time, batch.StartNanos[row]);
        to.Int64(SharedColumns.Sequence, identity.Sequence);
        to.TraceId(SharedColumns.TraceId, batch.TraceIds[row]);
        to.SpanId(SharedColumns.SpanId, batch.SpanIds[row]);
        to.UInt32(SharedColumns.Flags, batch.Flags[row]);
        to.Int32(SharedColumns.Resource, identity.ResourceId);
        to.Int32(SharedColumns.Scope, identity.ScopeId);
        to.UInt32(SharedColumns.DroppedAttributes, batch.DroppedAttributes[row]);
        _attributes.Append(to, batch, batch.AttributeRanges[row]);
        to.Int64(Duration, unchecked(batch.EndNanos[row] - batch.StartNanos[row]));
        to.SpanId(Parent, batch.ParentSpanIds[row]);
        to.TextOrNull(NameColumn, batch.Text[batch.Names[row]]);
        to.UInt8(Kind, batch.Kinds[row]);
        to.UInt8(Status, batch.StatusCodes[row]);
        to.TextOrNull(StatusMessage, batch.Text[batch.StatusMessages[row]]);
        to.TextOrNull(TraceState, batch.Text[batch.TraceStates[row]]);
        to.UInt32(DroppedEvents, batch.DroppedEvents[row]);
        to.UInt32(DroppedLinks, batch.DroppedLinks[row]);
        AppendEvents(to, batch, batch.EventRanges[row]);
        AppendLinks(to, batch, batch.LinkRanges[row]);
    }

    public override void Dispose()
    {
        _attributes.Dispose();
        _writer.Dispose();
    }

    public override void Read(in StoredRow from, AnswerBuilder<SpanBatch> answer)
    {
        var chunk = from.Chunk;
        var row = from.Row;
        var batch = answer.Batch;
        var start = from.TimeNanos;
        batch.Add(new SpanRow
        {
            StartNanos = start,
            EndNanos = unchecked(start + chunk[Duration].Int64(row)),
            TraceId = chunk[SharedColumns.TraceId].TraceId(row),
            SpanId = SpanIdAt(chunk[SharedColumns.SpanId], row),
            ParentSpanId = SpanIdAt(chunk[Parent], row),
            TraceState = answer.Text(from, TraceState),
            Flags = chunk[SharedColumns.Flags].UInt32(row),
            Name = answer.Text(from, NameColumn),
            Kind = chunk[Kind].UInt8(row),
            StatusCode = chunk[Status].UInt8(row),
            StatusMessage = answer.Text(from, StatusMessage),
            ResourceIndex = answer.Resource(from),
            ScopeIndex = answer.Scope(from),
            Attributes = answer.Attributes(from),
            DroppedAttributes = chunk[SharedColumns.DroppedAttributes].UInt32(row),
            Events = chunk.Has(Events) ? ReadEvents(chunk[Events].Bytes(row), answer) : default,
            DroppedEvents = chunk[DroppedEvents].UInt32(row),
            Links = chunk.Has(Links) ? ReadLinks(chunk[Links].Bytes(row), answer) : default,
            DroppedLinks = chunk[DroppedLinks].UInt32(row),
        });
    }

    private static SpanId SpanIdAt(DuckVector column, int row) => column.IsNull(row) ? default : new SpanId(column.UInt64(row));

    // [[time, name, dropped, attributes], …]
    private void AppendEvents(ChunkAppender to, SpanBatch batch, RowRange range)
    {
        if (range.Count == 0)
        {
            to.Null(Events);
            return;
        }

        StartJson();
        for (var index = range.Start; index < range.End; index++)
        {
            ref readonly var item = ref batch.Events[index];
            _writer.WriteStartArray();
            _writer.WriteNumberValue(item.TimeNanos);
            AttributeAppender.WriteText(_writer, batch.Text[item.Name]);
            _writer.WriteNumberValue(item.DroppedAttributes);
            _attributes.WriteJson(_writer, batch, item.Attributes);
            _writer.WriteEndArray();
        }

        EndJson(to, Events);
    }

    // [[trace, span, state, flags, dropped, attributes], …]
    private void AppendLinks(ChunkAppender to, SpanBatch batch, RowRange range)
    {
        if (range.Count == 0)
        {
            to.Null(Links);
            return;
        }

        StartJson();
        Span<byte> id = stackalloc byte[32];
        for (var index = range.Start; index < range.End; index++)
        {
            ref readonly var item = ref batch.Links[index];
            _writer.WriteStartArray();
            item.TraceId.High.TryFormat(id, out _, "x16", CultureInfo.InvariantCulture);
            item.TraceId.Low.TryFormat(id[16..], out _, "x16", CultureInfo.InvariantCulture);
            _writer.WriteStringValue(id);
            item.SpanId.Value.TryFormat(id, out _, "x16", CultureInfo.InvariantCulture);
            _writer.WriteStringValue(id[..16]);
            AttributeAppender.WriteText(_writer, batch.Text[item.TraceState]);
            _writer.WriteNumberValue(item.Flags);
            _writer.WriteNumberValue(item.DroppedAttributes);
            _attributes.WriteJson(_writer, batch, item.Attributes);
            _writer.WriteEndArray();
        }

        EndJson(to, Links);
    }

    private static RowRange ReadEvents(ReadOnlySpan<byte> json, AnswerBuilder<SpanBatch> answer)
    {
        var start = answer.Batch.Events.Count;
        if (!json.IsEmpty)
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Read();
                var time = reader.GetInt64();
                reader.Read();
                var name = answer.TextFromJson(ref reader);
                reader.Read();
                var dropped = reader.GetUInt32();
                reader.Read();
                answer.Batch.Events.Add(new SpanEvent(time, name, answer.AttributesFromJson(ref reader), dropped));
                reader.Read();
            }
        }

        return new RowRange(start, answer.Batch.Events.Count);
    }

    private static RowRange ReadLinks(ReadOnlySpan<byte> json, AnswerBuilder<SpanBatch> answer)
    {
        var start = answer.Batch.Links.Count;
        if (!json.IsEmpty)
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Read();
                var trace = new TraceId(Hexadecimal(reader.ValueSpan[..16]), Hexadecimal(reader.ValueSpan[16..]));
                reader.Read();
                var span = new SpanId(Hexadecimal(reader.ValueSpan));
                reader.Read();
                var state = answer.TextFromJson(ref reader);
                reader.Read();
                var flags = reader.GetUInt32();
                reader.Read();
                var dropped = reader.GetUInt32();
                reader.Read();
                answer.Batch.Links.Add(new SpanLink(trace, span, state, answer.AttributesFromJson(ref reader), dropped, flags));
                reader.Read();
            }
        }

        return new RowRange(start, answer.Batch.Links.Count);
    }

    private static ulong Hexadecimal(ReadOnlySpan<byte> digits) => ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private void StartJson()
    {
        _json.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartArray();
    }

    private void EndJson(ChunkAppender to, int column)
    {
        _writer.WriteEndArray();
        _writer.Flush();
        to.Text(column, _json.WrittenSpan);
    }
}
