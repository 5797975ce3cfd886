namespace Gander.Telemetry;

/// <summary>One span on its way into or out of a <see cref="SpanBatch"/>; the members mean what the columns mean.</summary>
public record struct SpanRow
{
    /// <summary>Start, Unix nanoseconds.</summary>
    public long StartNanos { get; set; }

    /// <summary>End, Unix nanoseconds.</summary>
    public long EndNanos { get; set; }

    /// <summary>Trace id.</summary>
    public TraceId TraceId { get; set; }

    /// <summary>Span id.</summary>
    public SpanId SpanId { get; set; }

    /// <summary>Parent span id, empty for a root.</summary>
    public SpanId ParentSpanId { get; set; }

    /// <summary>W3C trace state.</summary>
    public TextRef TraceState { get; set; }

    /// <summary>The <c>flags</c> field.</summary>
    public uint Flags { get; set; }

    /// <summary>Name.</summary>
    public TextRef Name { get; set; }

    /// <summary>Kind, 0 to 5.</summary>
    public byte Kind { get; set; }

    /// <summary>Status code: 0 unset, 1 ok, 2 error.</summary>
    public byte StatusCode { get; set; }

    /// <summary>Status message.</summary>
    public TextRef StatusMessage { get; set; }

    /// <summary>Index of the resource.</summary>
    public int ResourceIndex { get; set; }

    /// <summary>Index of the scope.</summary>
    public int ScopeIndex { get; set; }

    /// <summary>Rows of the attributes.</summary>
    public RowRange Attributes { get; set; }

    /// <summary>Attributes the emitter dropped.</summary>
    public uint DroppedAttributes { get; set; }

    /// <summary>Rows of the events.</summary>
    public RowRange Events { get; set; }

    /// <summary>Events the emitter dropped.</summary>
    public uint DroppedEvents { get; set; }

    /// <summary>Rows of the links.</summary>
    public RowRange Links { get; set; }

    /// <summary>Links the emitter dropped.</summary>
    public uint DroppedLinks { get; set; }
}
