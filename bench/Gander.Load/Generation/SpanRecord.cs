namespace Gander.Load.Generation;

/// <summary>One generated span. It is reused from body to body.</summary>
internal sealed class SpanRecord
{
    public Emitter Emitter { get; set; } = null!;

    public ulong TraceHigh { get; set; }

    public ulong TraceLow { get; set; }

    public ulong SpanId { get; set; }

    /// <summary>0 for a root.</summary>
    public ulong ParentId { get; set; }

    public byte[] Name { get; set; } = [];

    /// <summary>OTLP's number: 1 internal, 3 client.</summary>
    public int Kind { get; set; }

    public long StartNanos { get; set; }

    public long EndNanos { get; set; }

    /// <summary>0 unset, 1 ok, 2 error. An error carries a message and one event.</summary>
    public int Status { get; set; }

    public List<Field> Attributes { get; } = [];
}
