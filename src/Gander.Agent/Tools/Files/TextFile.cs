using System.Text;

namespace Gander.Agent.Tools.Files;

/// <summary>The text of a file, with what has to be kept when it is written again.</summary>
/// <param name="Text">Its text with its own line endings.</param>
/// <param name="HasMark">Whether it begins with a byte order mark.</param>
internal sealed record TextFile(string Text, bool HasMark)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether all of its lines end with CR LF.</summary>
    public bool HasWindowsLines => Text.Contains("\r\n", StringComparison.Ordinal) && Text.AsSpan().Count('\n') == Text.AsSpan().Count("\r\n");

    /// <summary>Reads UTF-8.</summary>
    /// <exception cref="ToolRefusedException">It cannot be read or is no UTF-8 text.</exception>
    public static TextFile Read(string path, int maxBytes)
    {
        ReadOnlySpan<byte> content = RegularFile.Read(path, maxBytes);
        if (RegularFile.IsBinary(content))
        {
            throw new ToolRefusedException($"{path} is binary ({content.Length} bytes), not text.");
        }

        var mark = Encoding.UTF8.Preamble;
        var hasMark = content.StartsWith(mark);
        try
        {
            return new TextFile(Strict.GetString(hasMark ? content[mark.Length..] : content), hasMark);
        }
        catch (DecoderFallbackException)
        {
            throw new ToolRefusedException($"{path} is not in UTF-8. Use the shell for it, for example with iconv.");
        }
    }

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="ToolRefusedException">The text holds half of a surrogate pair.</exception>
    public byte[] ToBytes()
    {
        try
        {
            return HasMark ? [.. Encoding.UTF8.Preamble, .. Strict.GetBytes(Text)] : Strict.GetBytes(Text);
        }
        catch (EncoderFallbackException)
        {
            throw new ToolRefusedException("The text holds half of a surrogate pair, which no file can keep.");
        }
    }
}
