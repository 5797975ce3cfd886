namespace Gander.Otlp;

/// <summary>
/// What one export may make the decoder keep. A record of two bytes on the wire takes a hundred in columns, so the size of the
/// body alone does not bound memory.
/// </summary>
/// <param name="MaxRecords">Spans, log records or data points; events, links and exemplars are counted apart, each against the same number.</param>
/// <param name="MaxAttributes">Attributes of all owners together.</param>
/// <param name="MaxAddedTextBytes">Text that is not in the body as it stands: nested values as JSON, base64, unescaped strings.</param>
/// <param name="MaxAheadNanos">How far a record's time may lie after the receiver's clock before the record is refused.</param>
public sealed record DecodeLimits(
    int MaxRecords = 250_000,
    int MaxAttributes = 2_000_000,
    int MaxAddedTextBytes = 64 * 1024 * 1024,
    long MaxAheadNanos = 2 * 86_400_000_000_000)
{
    /// <summary>Attributes of one span, event, link, log record, point, resource or scope; what goes beyond is dropped and counted as dropped.</summary>
    public const int MaxAttributesPerOwner = 1_024;

    /// <summary>How deep arrays and maps may nest inside one value; the same for both encodings.</summary>
    public const int MaxValueDepth = 90;

    /// <summary>How deep JSON may nest as a whole: room for <see cref="MaxValueDepth"/> nested maps inside an event's attribute.</summary>
    public const int MaxJsonDepth = 400;
}
