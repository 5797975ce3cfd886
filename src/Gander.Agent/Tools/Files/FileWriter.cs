namespace Gander.Agent.Tools.Files;

/// <summary>Replaces files whole: whoever reads sees the old content or the new one, never a part, also after a crash.</summary>
internal static class FileWriter
{
    /// <summary>Writes a file, new or not, with all folders above it. One that exists keeps its mode; a link stays a link, and what it points to is written.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var target = WorkFolder.RealPath(path);
        if (Directory.Exists(target))
        {
            throw new ToolRefusedException($"{path} is a folder.");
        }

        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            await using (var stream = Create(temporary, target))
            {
                await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStream Create(string temporary, string target)
    {
        // A file that may not be written is not replaced either, though the folder would allow it.
        if (File.Exists(target))
        {
            File.OpenHandle(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (File.Exists(target) && !OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(target);
            options.UnixCreateMode = mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var stream = new FileStream(temporary, options);
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
            return stream;
        }

        return new FileStream(temporary, options);
    }
}
