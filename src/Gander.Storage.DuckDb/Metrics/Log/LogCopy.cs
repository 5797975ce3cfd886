namespace Gander.Storage.DuckDb.Metrics.Log;

/// <summary>Copies of log segments that may still grow.</summary>
internal static class LogCopy
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Copies the first bytes of each segment into a folder, which is made.</summary>
    /// <exception cref="EndOfStreamException">A segment is shorter than was said.</exception>
    public static async Task ToAsync(IEnumerable<(string Path, long Bytes)> segments, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var (path, bytes) in segments)
        {
            await CopyAsync(path, Path.Combine(folder, Path.GetFileName(path)), bytes, cancellationToken);
        }
    }

    private static async Task CopyAsync(string from, string to, long bytes, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var target = new FileStream(to, FileMode.CreateNew);
        var buffer = new byte[BufferBytes];
        while (bytes > 0)
        {
            var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(bytes, buffer.Length)), cancellationToken);
            if (read == 0)
            {
                throw new EndOfStreamException($"The metric log {Path.GetFileName(from)} is shorter than it was.");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            bytes -= read;
        }
    }
}
