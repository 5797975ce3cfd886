using System.IO.Compression;
using System.Runtime.CompilerServices;
using Gander.Hosting;
using ZstdSharp;

namespace Gander.Commands.Imports;

/// <summary>
/// Finds the OTLP bodies in files: protobuf (<c>.pb</c>, <c>.bin</c>), one JSON document, or JSON lines as the collector's file
/// exporter writes them; each also packed as <c>.gz</c> or <c>.zst</c>. Folders are searched for files with these endings.
/// </summary>
/// <param name="maxBodyBytes">Larger bodies are refused, as a server would.</param>
/// <param name="onRead">Told how many bytes of the files, as they lie there, have been read.</param>
internal sealed class ImportFiles(int maxBodyBytes, Action<long> onRead)
{
    private static readonly string[] Protobuf = [".pb", ".bin", ".otlp"];
    private static readonly string[] Json = [".json", ".jsonl", ".ndjson"];
    private static readonly string[] Packed = [".gz", ".zst"];

    /// <summary>The files that are meant, folders searched, each once and in order.</summary>
    /// <exception cref="StartException">One does not exist.</exception>
    public static IReadOnlyList<ImportFile> Find(IEnumerable<string> paths)
    {
        var files = new List<ImportFile>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsOtlpName).Order(StringComparer.Ordinal).Select(file => new ImportFile(new FileInfo(file), IsNamed: false)));
            }
            else if (File.Exists(path))
            {
                files.Add(new ImportFile(new FileInfo(path), IsNamed: true));
            }
            else
            {
                throw new StartException($"{path}: there is no such file or folder.");
            }
        }

        return [.. files.DistinctBy(file => file.Info.FullName)];
    }

    /// <summary>The bodies of one file, with whatever could not be understood reported to <paramref name="onProblem"/>.</summary>
    public async IAsyncEnumerable<ImportBody> ReadAsync(ImportFile file, Action<ImportProblem> onProblem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = file.Info.ToString();
        await using var bodies = (IsJsonName(place) ? ReadJsonAsync(file, onProblem, cancellationToken) : ReadProtobufAsync(file.Info, onProblem, cancellationToken)).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await bodies.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ZstdException)
            {
                onProblem(new ImportProblem(place, $"the file cannot be read: {e.Message}"));
                break;
            }

            yield return bodies.Current;
        }
    }

    private static bool IsOtlpName(string name) => IsJsonName(name) || Protobuf.Contains(Extension(name), StringComparer.OrdinalIgnoreCase);

    private static bool IsJsonName(string name) => Json.Contains(Extension(name), StringComparer.OrdinalIgnoreCase);

    private static string Extension(string name)
    {
        var extension = Path.GetExtension(name);
        return Packed.Contains(extension, StringComparer.OrdinalIgnoreCase) ? Path.GetExtension(Path.GetFileNameWithoutExtension(name)) : extension;
    }

    private async IAsyncEnumerable<ImportBody> ReadProtobufAsync(FileInfo file, Action<ImportProblem> onProblem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = Open(file);
        var body = await ReadWholeAsync(stream, cancellationToken);
        if (body is null)
        {
            onProblem(new ImportProblem(file.ToString(), TooLarge));
        }
        else if (SignalDetector.OfProtobuf(body.Value.Span, file.Name) is { } signal)
        {
            yield return new ImportBody(file.ToString(), signal, IsJson: false, body.Value);
        }
        else
        {
            onProblem(new ImportProblem(file.ToString(), "this is no OTLP request, or an empty one; name the file *traces*, *metrics* or *logs* to say which"));
        }
    }

    private async IAsyncEnumerable<ImportBody> ReadJsonAsync(ImportFile source, Action<ImportProblem> onProblem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = source.Info;
        await using var stream = Open(file);
        using var lines = new LineReader(stream, maxBodyBytes);
        var first = await lines.ReadAsync(cancellationToken);
        // A document that people can read has its brackets on lines of their own.
        if (Extension(file.Name) == ".json" && first is { Bytes: { } start } && start.Span.Trim((byte)' ') is [(byte)'{'])
        {
            var document = await lines.ReadRestAsync(start, cancellationToken);
            if (document is null)
            {
                onProblem(new ImportProblem(file.ToString(), TooLarge));
            }
            else if (Detect(document.Value, file.ToString(), source.IsNamed ? onProblem : _ => { }) is { } body)
            {
                yield return body;
            }

            yield break;
        }

        for (var line = first; line is not null; line = await lines.ReadAsync(cancellationToken))
        {
            var place = $"{file}:{line.Number}";
            if (line.Bytes is not { } bytes)
            {
                onProblem(new ImportProblem(place, TooLarge));
            }
            else if (!bytes.Span.Trim(" \t\r"u8).IsEmpty && Detect(bytes, place, onProblem) is { } body)
            {
                yield return body;
            }
        }
    }

    private static ImportBody? Detect(ReadOnlyMemory<byte> bytes, string place, Action<ImportProblem> onProblem)
    {
        if (SignalDetector.OfJson(bytes.Span) is { } signal)
        {
            return new ImportBody(place, signal, IsJson: true, bytes);
        }

        onProblem(new ImportProblem(place, "this is no OTLP request: a JSON object with resourceSpans, resourceMetrics or resourceLogs"));
        return null;
    }

    private string TooLarge => $"this is larger than otlp.maxUnpackedBytes, {maxBodyBytes} bytes";

    private async Task<ReadOnlyMemory<byte>?> ReadWholeAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (whole.Length + read > maxBodyBytes)
            {
                return null;
            }

            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }

    private Stream Open(FileInfo file)
    {
        var stream = new CountingStream(file.OpenRead(), onRead);
        return Path.GetExtension(file.Name).ToUpperInvariant() switch
        {
            ".GZ" => new GZipStream(stream, CompressionMode.Decompress),
            ".ZST" => new DecompressionStream(stream, leaveOpen: false),
            _ => stream,
        };
    }
}
