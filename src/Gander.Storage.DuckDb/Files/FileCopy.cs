namespace Gander.Storage.DuckDb.Files;

/// <summary>Copies files that another thread appends to.</summary>
internal static class FileCopy
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Copies the first <paramref name="length"/> bytes and waits until they are on the disk.</summary>
    public static void Copy(string from, string to, long length, BackupProgress progress, CancellationToken cancellationToken)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[BufferBytes];
        while (length > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (read == 0)
            {
                break;
            }

            target.Write(buffer, 0, read);
            length -= read;
            progress.Add(read);
        }

        target.Flush(flushToDisk: true);
    }
}
