using System.Buffers.Text;
using System.Text;

namespace Gander.Otlp;

/// <summary>
/// Resolves the escapes of a JSON string. Agents written in JavaScript cut prompts in the middle of a surrogate pair; the
/// halves become U+FFFD instead of failing the export, which is why the reader's own unescaping is not used.
/// </summary>
internal static class JsonEscapes
{
    /// <summary>Decodes what stands between the quotes of a string the reader has accepted; the result is never longer. Returns its length.</summary>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var length = 0;
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                plain = raw.Length;
            }

            raw[..plain].CopyTo(target[length..]);
            length += plain;
            raw = raw[plain..];
            if (!raw.IsEmpty)
            {
                raw = raw[DecodeOne(raw, target, ref length)..];
            }
        }

        return length;
    }

    private static int DecodeOne(ReadOnlySpan<byte> raw, Span<byte> target, ref int length)
    {
        if (raw[1] != (byte)'u')
        {
            target[length++] = raw[1] switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'t' => (byte)'\t',
                (byte)'r' => (byte)'\r',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                var other => other,
            };
            return 2;
        }

        var consumed = 6;
        var unit = Unit(raw);
        if (!Rune.TryCreate(unit, out var rune))
        {
            rune = Rune.ReplacementChar;
            if (raw.Length >= 12 && raw[6] == (byte)'\\' && raw[7] == (byte)'u' && Rune.TryCreate(unit, Unit(raw[6..]), out var pair))
            {
                (rune, consumed) = (pair, 12);
            }
        }

        length += rune.EncodeToUtf8(target[length..]);
        return consumed;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape.Slice(2, 4), out ushort value, out _, 'x') ? (char)value : (char)Rune.ReplacementChar.Value;
}
