using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Records;

/// <summary>The columns that spans and log records have in common, which come first in both tables and in this order.</summary>
internal static class SharedColumns
{
    public const int Time = 0;
    public const int Sequence = 1;
    public const int TraceId = 2;
    public const int SpanId = 3;
    public const int Flags = 4;
    public const int Resource = 5;
    public const int Scope = 6;
    public const int Service = 7;
    public const int DroppedAttributes = 8;
    public const int Session = 9;
    public const int SessionSource = 10;
    public const int Conversation = 11;
    public const int FirstPromoted = 12;
    public const int Attributes = FirstPromoted + PromotedColumns.Count;
    public const int InputKey = Attributes + 1;
    public const int InputText = Attributes + 2;
    public const int OutputKey = Attributes + 3;
    public const int OutputText = Attributes + 4;
    public const int MoreKeys = Attributes + 5;
    public const int MoreTexts = Attributes + 6;
    public const int Count = Attributes + 7;

    /// <summary>Bits of <c>session_source</c>: <c>session.id</c> is the session; the conversation id is; <c>session.id</c> is the empty text.</summary>
    public const byte FromSessionId = 1;

    /// <inheritdoc cref="FromSessionId"/>
    public const byte FromConversationId = 2;

    /// <inheritdoc cref="FromSessionId"/>
    public const byte EmptySessionId = 4;

    public static IReadOnlyList<ColumnSpec> All { get; } =
    [
        new("time_ns", "BIGINT NOT NULL USING COMPRESSION bitpacking"),
        new("seq", "BIGINT NOT NULL USING COMPRESSION bitpacking"),
        new("trace_id", "UUID"),
        new("span_id", "UBIGINT USING COMPRESSION uncompressed"),
        new("flags", "UINTEGER USING COMPRESSION bitpacking"),
        new("resource_id", "INTEGER USING COMPRESSION bitpacking"),
        new("scope_id", "INTEGER USING COMPRESSION bitpacking"),
        new("service", "VARCHAR"),
        new("dropped_attributes", "UINTEGER USING COMPRESSION bitpacking"),
        new("session", "VARCHAR"),
        new("session_source", "UTINYINT USING COMPRESSION bitpacking"),
        new("conversation_id", "VARCHAR"),
        .. PromotedColumns.All.Select(column => new ColumnSpec(column.Name, column.Kind == AttributeKind.Int ? "BIGINT USING COMPRESSION bitpacking" : "VARCHAR")),
        new("attrs", "MAP(VARCHAR, VARCHAR)", RecordDetail.Attributes),
        new("input_key", "VARCHAR", RecordDetail.Everything),
        new("input_text", "VARCHAR USING COMPRESSION zstd", RecordDetail.Everything),
        new("output_key", "VARCHAR", RecordDetail.Everything),
        new("output_text", "VARCHAR USING COMPRESSION zstd", RecordDetail.Everything),
        new("more_keys", "VARCHAR[]", RecordDetail.Everything),
        new("more_texts", "VARCHAR USING COMPRESSION zstd", RecordDetail.Everything),
    ];
}
