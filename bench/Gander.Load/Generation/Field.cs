using System.Text;

namespace Gander.Load.Generation;

/// <summary>One attribute of a generated record: text, or a number where <paramref name="Kind"/> says so.</summary>
internal readonly record struct Field(byte[] Key, FieldKind Kind, ReadOnlyMemory<byte> Text, long Bits)
{
    public static Field Of(byte[] key, ReadOnlyMemory<byte> text) => new(key, FieldKind.Text, text, 0);

    public static Field Of(byte[] key, string text) => new(key, FieldKind.Text, Encoding.UTF8.GetBytes(text), 0);

    public static Field Of(byte[] key, long value) => new(key, FieldKind.Integer, default, value);

    public static Field Of(byte[] key, double value) => new(key, FieldKind.Real, default, BitConverter.DoubleToInt64Bits(value));

    public static Field Of(byte[] key, bool value) => new(key, FieldKind.Truth, default, value ? 1 : 0);

    public double Real => BitConverter.Int64BitsToDouble(Bits);
}
