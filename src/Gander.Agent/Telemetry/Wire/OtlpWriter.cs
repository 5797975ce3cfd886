namespace Gander.Agent.Telemetry.Wire;

/// <summary>
/// Writes one OTLP message in either of its encodings. Callers leave out what has its default value. Lists of messages are announced, as
/// JSON has brackets for them. Not thread-safe; one writer an export.
/// </summary>
internal abstract class OtlpWriter : IDisposable
{
    /// <summary>Bytes written so far, about.</summary>
    public abstract int Length { get; }

    /// <summary>Begins a message in a field that holds one.</summary>
    public abstract void BeginMessage(OtlpField field);

    /// <summary>Ends the innermost message or item.</summary>
    public abstract void EndMessage();

    /// <summary>Begins a list of messages.</summary>
    public abstract void BeginList(OtlpField field);

    /// <summary>Begins a message of the list.</summary>
    public abstract void BeginItem(OtlpField field);

    /// <summary>Ends the list.</summary>
    public abstract void EndList();

    public abstract void String(OtlpField field, string value);

    public abstract void Bool(OtlpField field, bool value);

    /// <summary>A 64-bit integer of the type <c>int64</c>.</summary>
    public abstract void Int64(OtlpField field, long value);

    /// <summary>A 64-bit integer of fixed length, signed or not: both have the same bytes.</summary>
    public abstract void Fixed64(OtlpField field, ulong value);

    public abstract void Fixed32(OtlpField field, uint value);

    public abstract void Double(OtlpField field, double value);

    /// <summary>An enumeration or a small number.</summary>
    public abstract void UInt32(OtlpField field, uint value);

    /// <summary>A trace or span id, given as lower-case hex digits: JSON has those, protobuf the bytes (OTLP 1.x, JSON encoding).</summary>
    public abstract void Id(OtlpField field, string hex);

    public abstract void Fixed64List(OtlpField field, ReadOnlySpan<ulong> values);

    public abstract void DoubleList(OtlpField field, ReadOnlySpan<double> values);

    /// <summary>The whole message; nothing may be written afterwards.</summary>
    public abstract byte[] Finish();

    public abstract void Dispose();
}
