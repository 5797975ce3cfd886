using System.Text.Json;

namespace Gander.Load.Sending;

/// <summary>Reads captured export requests: folders with a <c>manifest.json</c> that lists the bodies beside it, in order.</summary>
internal static class CapturedBodies
{
    private static readonly string[] RecordCounts = ["spans", "log_records", "data_points"];

    /// <summary>The requests of every scenario at or below <paramref name="folders"/>, a list a scenario, sorted by path.</summary>
    public static IReadOnlyList<IReadOnlyList<ExportBody>> Read(IEnumerable<string> folders)
    {
        var index = 0L;
        return [.. folders
            .SelectMany(folder => Directory.EnumerateFiles(folder, "manifest.json", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(manifest => ReadScenario(manifest, ref index))];
    }

    private static List<ExportBody> ReadScenario(string manifest, ref long index)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(manifest));
        var bodies = new List<ExportBody>();
        foreach (var request in document.RootElement.GetProperty("requests").EnumerateArray())
        {
            var bytes = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(manifest)!, request.GetProperty("file").GetString()!));
            var encoding = request.GetProperty("content_encoding").GetString();
            bodies.Add(new ExportBody(
                index,
                FirstRecord: 0,
                Records(request),
                TimeNanos: 0,
                request.GetProperty("path").GetString()!,
                request.GetProperty("content_type").GetString()!,
                encoding is "identity" ? null : encoding,
                bytes,
                bytes.Length));
            index++;
        }

        return bodies;
    }

    // Not every manifest says how many records a body holds.
    private static int Records(JsonElement request) =>
        RecordCounts.Sum(name => request.TryGetProperty(name, out var count) ? count.GetInt32() : 0);
}
