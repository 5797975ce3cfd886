namespace Gander.Load.Generation;

/// <summary>One generated log record. It is reused from body to body.</summary>
internal sealed class LogRecord
{
    public Emitter Emitter { get; set; } = null!;

    public long TimeNanos { get; set; }

    public ulong TraceHigh { get; set; }

    public ulong TraceLow { get; set; }

    public ulong SpanId { get; set; }

    /// <summary>OTLP's number: 9 info, 13 warning, 17 error.</summary>
    public int Severity { get; set; }

    public string SeverityText => Severity switch { 17 => "ERROR", 13 => "WARN", _ => "INFO" };

    public byte[] Body { get; set; } = [];

    public List<Field> Attributes { get; } = [];
}
