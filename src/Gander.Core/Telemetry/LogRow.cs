namespace Gander.Telemetry;

/// <summary>One log record on its way into a <see cref="LogBatch"/>; the members mean what the columns mean.</summary>
public record struct LogRow
{
    /// <summary>When it happened, Unix nanoseconds; 0 when only observed.</summary>
    public long TimeNanos { get; set; }

    /// <summary>When it was observed, Unix nanoseconds.</summary>
    public long ObservedNanos { get; set; }

    /// <summary>Trace id, empty outside a span.</summary>
    public TraceId TraceId { get; set; }

    /// <summary>Span id, empty outside a span.</summary>
    public SpanId SpanId { get; set; }

    /// <summary>W3C trace flags.</summary>
    public uint Flags { get; set; }

    /// <summary>Severity number, 0 to 24.</summary>
    public byte Severity { get; set; }

    /// <summary>Severity text.</summary>
    public TextRef SeverityText { get; set; }

    /// <summary>Event name.</summary>
    public TextRef EventName { get; set; }

    /// <summary>Kind of the body.</summary>
    public AttributeKind BodyKind { get; set; }

    /// <summary>Body as text.</summary>
    public TextRef Body { get; set; }

    /// <summary>Index of the resource.</summary>
    public int ResourceIndex { get; set; }

    /// <summary>Index of the scope.</summary>
    public int ScopeIndex { get; set; }

    /// <summary>Rows of the attributes.</summary>
    public RowRange Attributes { get; set; }

    /// <summary>Attributes the emitter dropped.</summary>
    public uint DroppedAttributes { get; set; }
}
