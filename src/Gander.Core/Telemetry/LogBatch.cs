namespace Gander.Telemetry;

/// <summary>
/// Log records in columns (opentelemetry/proto/logs/v1/logs.proto): row <c>i</c> of every column belongs to record <c>i</c>.
/// What OTLP leaves out has its protobuf default.
/// </summary>
public sealed class LogBatch : TelemetryBatch
{
    /// <inheritdoc/>
    public override Signal Signal => Signal.Logs;

    /// <summary>When the event happened, Unix nanoseconds; 0 when only observed (goose always sends 0).</summary>
    public Column<long> TimeNanos { get; } = new();

    /// <summary>When the record was observed, Unix nanoseconds; a receiver puts its own time where both are missing.</summary>
    public Column<long> ObservedNanos { get; } = new();

    /// <summary>Trace ids; empty outside a span.</summary>
    public Column<TraceId> TraceIds { get; } = new();

    /// <summary>Span ids; empty outside a span.</summary>
    public Column<SpanId> SpanIds { get; } = new();

    /// <summary>W3C trace flags.</summary>
    public Column<uint> Flags { get; } = new();

    /// <summary>Severity numbers, 0 (unspecified) to 24.</summary>
    public Column<byte> Severities { get; } = new();

    /// <summary>Severity texts as the emitter wrote them.</summary>
    public Column<TextRef> SeverityTexts { get; } = new();

    /// <summary>Event names.</summary>
    public Column<TextRef> EventNames { get; } = new();

    /// <summary>The kind of each body; <see cref="AttributeKind.Empty"/> when there is none.</summary>
    public Column<AttributeKind> BodyKinds { get; } = new();

    /// <summary>Bodies as text: of scalars their invariant text, else as <see cref="AttributeKind"/> says.</summary>
    public Column<TextRef> Bodies { get; } = new();

    /// <summary>Indexes into <see cref="TelemetryBatch.Resources"/>.</summary>
    public Column<int> ResourceIndexes { get; } = new();

    /// <summary>Indexes into <see cref="TelemetryBatch.Scopes"/>.</summary>
    public Column<int> ScopeIndexes { get; } = new();

    /// <summary>The attributes of each record, as rows of <see cref="TelemetryBatch.Attributes"/>.</summary>
    public Column<RowRange> AttributeRanges { get; } = new();

    /// <summary>Attributes the emitter dropped.</summary>
    public Column<uint> DroppedAttributes { get; } = new();

    /// <summary>The time of row <paramref name="row"/> that everything orders and searches by: the event's, else the observer's.</summary>
    public long EffectiveNanos(int row) => TimeNanos[row] != 0 ? TimeNanos[row] : ObservedNanos[row];

    /// <summary>Adds one record. Its attributes must have been added before.</summary>
    public void Add(in LogRow record)
    {
        TimeNanos.Add(record.TimeNanos);
        ObservedNanos.Add(record.ObservedNanos);
        TraceIds.Add(record.TraceId);
        SpanIds.Add(record.SpanId);
        Flags.Add(record.Flags);
        Severities.Add(record.Severity);
        SeverityTexts.Add(record.SeverityText);
        EventNames.Add(record.EventName);
        BodyKinds.Add(record.BodyKind);
        Bodies.Add(record.Body);
        ResourceIndexes.Add(record.ResourceIndex);
        ScopeIndexes.Add(record.ScopeIndex);
        AttributeRanges.Add(record.Attributes);
        DroppedAttributes.Add(record.DroppedAttributes);
        Count++;
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        TimeNanos.Clear();
        ObservedNanos.Clear();
        TraceIds.Clear();
        SpanIds.Clear();
        Flags.Clear();
        Severities.Clear();
        SeverityTexts.Clear();
        EventNames.Clear();
        BodyKinds.Clear();
        Bodies.Clear();
        ResourceIndexes.Clear();
        ScopeIndexes.Clear();
        AttributeRanges.Clear();
        DroppedAttributes.Clear();
    }
}
