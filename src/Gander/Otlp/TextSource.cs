using System.Runtime.CompilerServices;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>Resolves text while a body is being decoded: in the body itself, or among what was added to it.</summary>
internal readonly ref struct TextSource(ReadOnlySpan<byte> body, AddedText added)
{
    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>What was added.</summary>
    public AddedText Added { get; } = added;

    /// <summary>The bytes of <paramref name="text"/>; invalid once more is added.</summary>
    public ReadOnlySpan<byte> this[TextRef text]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => text.Offset + text.Length <= Body.Length ? Body.Slice(text.Offset, text.Length) : Added[text];
    }

    /// <summary>The string at <paramref name="range"/> of the body, repaired where it is not valid UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TextRef Valid(TextRef range)
    {
        if (range.Length == 0)
        {
            return default;
        }

        var bytes = Body.Slice(range.Offset, range.Length);
        return Utf8Text.IsValid(bytes) ? range : Repair(bytes);
    }

    private TextRef Repair(ReadOnlySpan<byte> bytes)
    {
        var start = Added.Length;
        Utf8Text.AppendRepaired(bytes, Added);
        return Added.Since(start);
    }
}
