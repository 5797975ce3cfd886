namespace Gander.Telemetry;

/// <summary>
/// One attribute value outside the columns: of a resource or scope, or a literal in a filter. Scalars are in
/// <see cref="Bits"/>, everything else in <see cref="Text"/>, as <see cref="AttributeColumns"/> holds them.
/// </summary>
/// <param name="Kind">The kind of the value.</param>
/// <param name="Bits">The bits of an <c>Int</c>, <c>Bool</c> or <c>Double</c>; else 0.</param>
/// <param name="Text">The text of a <c>String</c>, <c>Bytes</c>, <c>Array</c> or <c>Map</c>; else empty.</param>
public readonly record struct AttributeValue(AttributeKind Kind, long Bits, string Text)
{
    /// <summary>The value as a double, when it is one.</summary>
    public double Double => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>A text value.</summary>
    public static AttributeValue Of(string text) => new(AttributeKind.String, 0, text);

    /// <summary>An integer value.</summary>
    public static AttributeValue Of(long value) => new(AttributeKind.Int, value, "");

    /// <summary>A floating-point value.</summary>
    public static AttributeValue Of(double value) => new(AttributeKind.Double, BitConverter.DoubleToInt64Bits(value), "");

    /// <summary>A truth value.</summary>
    public static AttributeValue Of(bool value) => new(AttributeKind.Bool, value ? 1 : 0, "");
}
