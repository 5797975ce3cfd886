using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Gander.Agent.Tools.Files;

/// <summary>Reads files that a model named, which may be anything: a pipe that never answers, a device without an end, a film.</summary>
internal static class RegularFile
{
    private const int NonBlockingOnLinux = 0x800;
    private const int NonBlockingOnMac = 0x4;

    // As git decides it: a zero byte among the first few thousand means binary.
    private const int BytesLookedAt = 8_000;

    /// <summary>The whole content.</summary>
    /// <exception cref="ToolRefusedException">It does not exist, is a folder, pipe or device, or is larger than the limit.</exception>
    public static byte[] Read(string path, int maxBytes)
    {
        if (Directory.Exists(path))
        {
            throw new ToolRefusedException($"{path} is a folder; tree lists it.");
        }

        if (!File.Exists(path))
        {
            throw new ToolRefusedException($"{path} does not exist.");
        }

        using var stream = Open(path);
        if (!stream.CanSeek)
        {
            throw new ToolRefusedException($"{path} is a pipe, socket or terminal and not a file.");
        }

        if (stream.Length > maxBytes)
        {
            throw TooLarge(path, stream.Length, maxBytes);
        }

        // Files of the kernel say 0 and devices say anything: what counts is what comes.
        var content = new MemoryStream((int)stream.Length);
        var chunk = new byte[Math.Min(65_536, maxBytes + 1)];
        while (stream.Read(chunk) is > 0 and var length)
        {
            content.Write(chunk, 0, length);
            if (content.Length > maxBytes)
            {
                throw TooLarge(path, content.Length, maxBytes);
            }
        }

        return content.ToArray();
    }

    /// <summary>Whether the content is no text.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, BytesLookedAt)].Contains((byte)0);

    // Opening a pipe that nobody writes to would otherwise wait for ever.
    private static FileStream Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenRead(path);
        }

        var descriptor = OpenCore(path, OperatingSystem.IsMacOS() ? NonBlockingOnMac : NonBlockingOnLinux);
        return descriptor >= 0
            ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0)
            : throw new ToolRefusedException($"{path} cannot be read: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
    }

    private static ToolRefusedException TooLarge(string path, long bytes, int maxBytes) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path} is too large: {bytes:N0} bytes, and {maxBytes:N0} can be opened. Look at a part of it with the shell."));

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenCore([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
