using System.Runtime.InteropServices;

namespace Gander.Commands.Exec;

/// <summary>The few calls to the system that .NET has no name for. On Windows they do nothing: there the console reaches every program in it.</summary>
internal static class UnixProcess
{
    private const int ReadOnly = 0;
    private const int BrokenPipe = 13;

    /// <summary>Sends a signal.</summary>
    public static void Send(int process, int signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = NativeMethods.Kill(process, signal);
        }
    }

    /// <summary>
    /// Runs <paramref name="start"/> while a broken pipe ends a process, as it is everywhere but in .NET, which ignores it: what is
    /// ignored stays so in a program that is started, and in the programs of that one.
    /// </summary>
    public static T WithBrokenPipes<T>(Func<T> start)
    {
        if (OperatingSystem.IsWindows())
        {
            return start();
        }

        var before = NativeMethods.Handle(BrokenPipe, 0);
        try
        {
            return start();
        }
        finally
        {
            _ = NativeMethods.Handle(BrokenPipe, before);
        }
    }

    /// <summary>Whether this process and what it started are what the keys of its terminal go to.</summary>
    public static bool IsInForeground()
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        var terminal = NativeMethods.Open("/dev/tty", ReadOnly);
        if (terminal < 0)
        {
            return false;
        }

        var foreground = NativeMethods.ForegroundGroup(terminal);
        _ = NativeMethods.Close(terminal);
        return foreground == NativeMethods.OwnGroup();
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "kill")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Kill(int process, int signal);

        [DllImport("libc", EntryPoint = "signal")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint Handle(int signal, nint handler);

        [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(string path, int flags);

        [DllImport("libc", EntryPoint = "close")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int file);

        [DllImport("libc", EntryPoint = "tcgetpgrp")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int ForegroundGroup(int terminal);

        [DllImport("libc", EntryPoint = "getpgrp")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int OwnGroup();
    }
}
