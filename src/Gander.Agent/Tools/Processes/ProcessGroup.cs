using System.Diagnostics;

namespace Gander.Agent.Tools.Processes;

/// <summary>
/// A program started as the leader of a session of its own (setsid), so that it and all it starts can be ended together and none of it
/// can read from the user's terminal. Where the system has no <c>setsid</c> program, only the tree of processes that are still
/// each other's parents can be ended. Disposing it ends nothing.
/// </summary>
internal sealed class ProcessGroup : IDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;

    private static readonly string? SetSid = Executables.Find("setsid");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly bool _isLeader;

    private ProcessGroup(Process process, bool isLeader) => (Process, _isLeader) = (process, isLeader);

    /// <summary>The program that was started.</summary>
    public Process Process { get; }

    /// <summary>Whether any process of the group is left, the leader included.</summary>
    public bool HasMembers => !Process.HasExited || (_isLeader && NativeSignals.Send(-Process.Id, 0));

    /// <summary>Starts the program that <paramref name="start"/> names; the rest of it is taken as it is.</summary>
    public static ProcessGroup Start(ProcessStartInfo start)
    {
        if (SetSid is not null)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = SetSid;
        }

        return new ProcessGroup(Process.Start(start)!, SetSid is not null);
    }

    /// <summary>Asks all processes of the group to end (SIGTERM) and, after <paramref name="grace"/>, makes them (SIGKILL).</summary>
    public async Task EndAsync(TimeSpan grace)
    {
        if (!_isLeader)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return;
        }

        // What left the group for a session of its own is known by its parents, as long as these live.
        var strays = ProcessTree.Below(Process.Id);
        SendToAll(Terminate, strays);
        if (!await GoneWithinAsync(grace, strays).ConfigureAwait(false))
        {
            SendToAll(Kill, strays);
            await GoneWithinAsync(grace, strays).ConfigureAwait(false);
        }
    }

    public void Dispose() => Process.Dispose();

    // In the first moment of its life the program has no group of its own yet.
    private void SendToAll(int signal, IReadOnlyList<ProcessMark> strays)
    {
        if (!NativeSignals.Send(-Process.Id, signal) && !Process.HasExited)
        {
            NativeSignals.Send(Process.Id, signal);
        }

        foreach (var stray in strays.Where(ProcessTree.IsRunning))
        {
            NativeSignals.Send(stray.Id, signal);
        }
    }

    private async Task<bool> GoneWithinAsync(TimeSpan limit, IReadOnlyList<ProcessMark> strays)
    {
        var start = Stopwatch.GetTimestamp();
        while (HasMembers || strays.Any(ProcessTree.IsRunning))
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
            {
                return false;
            }

            await Task.Delay(Pause).ConfigureAwait(false);
        }

        return true;
    }
}
