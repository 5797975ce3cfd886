namespace Gander.Telemetry;

/// <summary>
/// Spans in columns (opentelemetry/proto/trace/v1/trace.proto): row <c>i</c> of every column belongs to span <c>i</c>.
/// Fill it through <see cref="Add"/>; events and links are columns of their own, and a
/// span holds a range of them. What OTLP leaves out has its protobuf default.
/// </summary>
public sealed class SpanBatch : TelemetryBatch
{
    /// <inheritdoc/>
    public override Signal Signal => Signal.Traces;

    /// <summary>Start times, Unix nanoseconds.</summary>
    public Column<long> StartNanos { get; } = new();

    /// <summary>End times, Unix nanoseconds; never before the start (a receiver clamps).</summary>
    public Column<long> EndNanos { get; } = new();

    /// <summary>Trace ids; never empty.</summary>
    public Column<TraceId> TraceIds { get; } = new();

    /// <summary>Span ids; never empty.</summary>
    public Column<SpanId> SpanIds { get; } = new();

    /// <summary>Parent span ids; empty for a root.</summary>
    public Column<SpanId> ParentSpanIds { get; } = new();

    /// <summary>W3C trace states.</summary>
    public Column<TextRef> TraceStates { get; } = new();

    /// <summary>The <c>flags</c> field: W3C trace flags in the low byte, remoteness above.</summary>
    public Column<uint> Flags { get; } = new();

    /// <summary>Span names.</summary>
    public Column<TextRef> Names { get; } = new();

    /// <summary>Span kinds, 0 (unspecified) to 5 (consumer).</summary>
    public Column<byte> Kinds { get; } = new();

    /// <summary>Status codes: 0 unset, 1 ok, 2 error.</summary>
    public Column<byte> StatusCodes { get; } = new();

    /// <summary>Status messages.</summary>
    public Column<TextRef> StatusMessages { get; } = new();

    /// <summary>Indexes into <see cref="TelemetryBatch.Resources"/>.</summary>
    public Column<int> ResourceIndexes { get; } = new();

    /// <summary>Indexes into <see cref="TelemetryBatch.Scopes"/>.</summary>
    public Column<int> ScopeIndexes { get; } = new();

    /// <summary>The attributes of each span, as rows of <see cref="TelemetryBatch.Attributes"/>.</summary>
    public Column<RowRange> AttributeRanges { get; } = new();

    /// <summary>Attributes the emitter dropped.</summary>
    public Column<uint> DroppedAttributes { get; } = new();

    /// <summary>The events of each span, as rows of <see cref="Events"/>.</summary>
    public Column<RowRange> EventRanges { get; } = new();

    /// <summary>Events the emitter dropped.</summary>
    public Column<uint> DroppedEvents { get; } = new();

    /// <summary>The links of each span, as rows of <see cref="Links"/>.</summary>
    public Column<RowRange> LinkRanges { get; } = new();

    /// <summary>Links the emitter dropped.</summary>
    public Column<uint> DroppedLinks { get; } = new();

    /// <summary>The events of all spans.</summary>
    public Column<SpanEvent> Events { get; } = new();

    /// <summary>The links of all spans.</summary>
    public Column<SpanLink> Links { get; } = new();

    /// <summary>Adds one span. Its attributes, events and links must have been added to their columns before.</summary>
    public void Add(in SpanRow span)
    {
        StartNanos.Add(span.StartNanos);
        EndNanos.Add(span.EndNanos);
        TraceIds.Add(span.TraceId);
        SpanIds.Add(span.SpanId);
        ParentSpanIds.Add(span.ParentSpanId);
        TraceStates.Add(span.TraceState);
        Flags.Add(span.Flags);
        Names.Add(span.Name);
        Kinds.Add(span.Kind);
        StatusCodes.Add(span.StatusCode);
        StatusMessages.Add(span.StatusMessage);
        ResourceIndexes.Add(span.ResourceIndex);
        ScopeIndexes.Add(span.ScopeIndex);
        AttributeRanges.Add(span.Attributes);
        DroppedAttributes.Add(span.DroppedAttributes);
        EventRanges.Add(span.Events);
        DroppedEvents.Add(span.DroppedEvents);
        LinkRanges.Add(span.Links);
        DroppedLinks.Add(span.DroppedLinks);
        Count++;
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        StartNanos.Clear();
        EndNanos.Clear();
        TraceIds.Clear();
        SpanIds.Clear();
        ParentSpanIds.Clear();
        TraceStates.Clear();
        Flags.Clear();
        Names.Clear();
        Kinds.Clear();
        StatusCodes.Clear();
        StatusMessages.Clear();
        ResourceIndexes.Clear();
        ScopeIndexes.Clear();
        AttributeRanges.Clear();
        DroppedAttributes.Clear();
        EventRanges.Clear();
        DroppedEvents.Clear();
        LinkRanges.Clear();
        DroppedLinks.Clear();
        Events.Clear();
        Links.Clear();
    }
}
