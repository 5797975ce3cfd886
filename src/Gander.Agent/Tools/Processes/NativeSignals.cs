using System.Runtime.InteropServices;

namespace Gander.Agent.Tools.Processes;

/// <summary><c>kill(2)</c>, which the class library has only for single processes.</summary>
internal static class NativeSignals
{
    /// <summary>Sends a signal to a process, or to the group of the negated id; 0 only asks whether there is one to receive it.</summary>
    /// <returns>Whether there was.</returns>
    public static bool Send(int id, int signal) => SendCore(id, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendCore(int id, int signal);
}
