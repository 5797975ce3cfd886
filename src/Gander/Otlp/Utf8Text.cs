using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace Gander.Otlp;

/// <summary>Checks and repairs text. The store needs valid UTF-8, and emitters cut strings in the middle of a character.</summary>
internal static class Utf8Text
{
    /// <summary>Whether <paramref name="text"/> is valid UTF-8. Short ASCII, which nearly all keys and values are, takes a few instructions.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) => IsAscii(text) || Utf8.IsValid(text);

    /// <summary>Appends <paramref name="text"/> with U+FFFD where it is not valid.</summary>
    public static void AppendRepaired(ReadOnlySpan<byte> text, AddedText target)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                rune = Rune.ReplacementChar;
            }

            target.Advance(rune.EncodeToUtf8(target.GetSpan(4)));
            text = text[consumed..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAscii(ReadOnlySpan<byte> text)
    {
        const ulong HighBits = 0x8080808080808080;
        if (text.Length >= 16)
        {
            return IsLongAscii(text);
        }

        if (text.Length >= 8)
        {
            return ((BinaryPrimitives.ReadUInt64LittleEndian(text) | BinaryPrimitives.ReadUInt64LittleEndian(text[^8..])) & HighBits) == 0;
        }

        uint seen = 0;
        foreach (var value in text)
        {
            seen |= value;
        }

        return seen < 0x80;
    }

    private static bool IsLongAscii(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var last = (nuint)(text.Length - Vector128<byte>.Count);
        for (nuint i = 0; i < last; i += (nuint)Vector128<byte>.Count)
        {
            if (Vector128.LoadUnsafe(ref start, i).ExtractMostSignificantBits() != 0)
            {
                return false;
            }
        }

        return Vector128.LoadUnsafe(ref start, last).ExtractMostSignificantBits() == 0;
    }
}
