using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Gander.Load.Generation;

/// <summary>
/// Real text to cut tool inputs, outputs and log bodies from. It is made of the distinct lines of the .NET SDK's reference
/// documentation, which every machine that can build Gander has, in a fixed random order and a third of them without their tags:
/// that shrinks as much as the source code that agents read (zstd level 1: a request of 512 spans to a quarter). ASCII only.
/// Immutable.
/// </summary>
internal sealed partial class Corpus
{
    private const int MinLineLength = 20;
    private const int MinBytes = 64 * 1024;

    private readonly byte[] _text;

    private Corpus(byte[] text) => _text = text;

    /// <summary>Bytes of text.</summary>
    public int Length => _text.Length;

    /// <summary>A piece of <paramref name="length"/> bytes from a random place; shares the corpus' memory.</summary>
    public ReadOnlyMemory<byte> Cut(SplitMix random, int length) =>
        _text.AsMemory(random.Below(_text.Length - length), length);

    /// <summary>Reads the text of <paramref name="file"/>, or of the SDK where none is named.</summary>
    /// <exception cref="InvalidOperationException">There is no text to cut from.</exception>
    public static Corpus Load(string? file)
    {
        IEnumerable<string> lines = file is not null ? File.ReadLines(file) : Shuffle(DocumentationLines());
        var text = new List<byte>();
        foreach (var line in lines)
        {
            text.AddRange(Encoding.ASCII.GetBytes(line));
            text.Add((byte)'\n');
        }

        if (text.Count < MinBytes)
        {
            throw new InvalidOperationException("There is no text to make telemetry from: name a large text file with --corpus.");
        }

        // Question marks stand where the text was not ASCII; tabs are the only other control character an agent would send.
        CollectionsMarshal.AsSpan(text).Replace((byte)'\r', (byte)' ');
        return new Corpus([.. text]);
    }

    private static List<string> DocumentationLines()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "packs"));
        if (!Directory.Exists(root))
        {
            return [];
        }

        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(root, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            lines.UnionWith(File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > MinLineLength));
        }

        return [.. lines.Select((line, index) => index % 3 != 0 ? line : Tags().Replace(line, "")).Where(line => line.Length > MinLineLength)];
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    private static List<string> Shuffle(List<string> lines)
    {
        var random = new SplitMix(1);
        for (var i = lines.Count - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (lines[i], lines[other]) = (lines[other], lines[i]);
        }

        return lines;
    }
}
