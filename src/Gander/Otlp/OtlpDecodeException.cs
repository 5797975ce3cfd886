namespace Gander.Otlp;

/// <summary>
/// An OTLP body that cannot be read as a whole: the bytes are no valid message, or they hold more than the limits allow. The
/// message says what is wrong and at which byte of the unpacked body; it never quotes content. Nothing of the body may be used.
/// </summary>
public sealed class OtlpDecodeException(string message, bool isTooLarge = false) : Exception(message)
{
    /// <summary>Whether the body is well-formed but over a limit (413 / RESOURCE_EXHAUSTED instead of 400 / INVALID_ARGUMENT).</summary>
    public bool IsTooLarge { get; } = isTooLarge;
}
