namespace Gander.Commands.Exec;

/// <summary>
/// Ends what a program leaves behind when a signal ends it. Several agents are a small program that starts the real one, and pass no
/// signal on to it, or none to the commands of their tools: those would run on, and the telemetry of the real one would never
/// be sent. Their descendants are noted before the signal is passed on, because nobody can tell whose they were once their parent has
/// ended. Thread-safe.
/// </summary>
internal sealed class Leftovers(TimeProvider time)
{
    /// <summary>How long after a signal a program's end counts as brought about by it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>How long what is left has to end by itself: it may have been sent the signal by somebody else, and be about to send its telemetry.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>How long it then has to end by the signal.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Dictionary<(int Id, long StartTicks), RunningProcess> _noted = [];
    private int _signal;
    private long _signalled;

    /// <summary>Notes the descendants of a program that is about to be sent a signal.</summary>
    public void Note(int program, int signal, bool startsToolsInSessions)
    {
        var descendants = ProcessTree.Of(program, RunningProcess.All(), startsToolsInSessions);
        lock (_lock)
        {
            (_signal, _signalled) = (signal, time.GetTimestamp());
            foreach (var process in descendants)
            {
                _noted[(process.Id, process.StartTicks)] = process;
            }
        }
    }

    /// <summary>Sends the signal to what is left, now that the program has ended, and waits for its end.</summary>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    /// <returns>What runs on all the same; empty when no signal was passed on.</returns>
    public async Task<IReadOnlyList<RunningProcess>> EndAsync(CancellationToken cancellationToken)
    {
        List<RunningProcess> noted;
        int signal;
        lock (_lock)
        {
            if (_signal == 0 || time.GetElapsedTime(_signalled) > Window)
            {
                return [];
            }

            (noted, signal) = ([.. _noted.Values], _signal);
        }

        await WaitAsync(noted, Grace, cancellationToken);
        var left = ProcessTree.Grown(noted, noted.Exists(process => process.Runs()) ? RunningProcess.All() : []);
        foreach (var process in left.Where(process => process.Runs()))
        {
            UnixProcess.Send(process.Id, signal);
        }

        await WaitAsync(left, Patience, cancellationToken);
        return [.. left.Where(process => process.Runs())];
    }

    private async Task WaitAsync(IReadOnlyList<RunningProcess> processes, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (processes.Any(process => process.Runs()) && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(began) < patience)
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
