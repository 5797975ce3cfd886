namespace Gander.Telemetry;

/// <summary>
/// A piece of UTF-8 text inside a batch's <see cref="TextBuffer"/>. Text stays where it arrived and is never turned into a
/// string on the way in. The default value is the empty text.
/// </summary>
/// <param name="Offset">The first byte in the buffer.</param>
/// <param name="Length">Bytes, not characters.</param>
public readonly record struct TextRef(int Offset, int Length)
{
    /// <summary>Whether there is no text. OTLP does not tell an absent string from an empty one.</summary>
    public bool IsEmpty => Length == 0;
}
