using System.Text.Json;

namespace Gander.Load.Commands;

/// <summary>What became of each request, a JSON object a line.</summary>
internal static class AckFile
{
    public static Task WriteAsync(string path, IReadOnlyList<BodyResult> bodies, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(path, bodies.Select(body => JsonSerializer.Serialize(body, ReportView.Json)), cancellationToken);
}
