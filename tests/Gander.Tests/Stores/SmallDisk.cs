using System.Diagnostics;
using System.Globalization;

namespace Gander.Tests.Stores;

/// <summary>A disk of a few megabytes in memory, for tests of a full disk. Needs the right to mount; a test without it is skipped.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", Size(megabytes), "tmpfs", path), "mounting a small disk needs Linux and root");
        return new SmallDisk(path);
    }

    public void Grow(int megabytes) => Assert.True(Run("mount", "-o", $"remount,{Size(megabytes)}", Path));

    public void Dispose() => Run("umount", Path);

    private static string Size(int megabytes) => string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
