using System.Runtime.InteropServices;

namespace Gander.Commands.Exec;

/// <summary>
/// While a program runs in the foreground, signals are the program's: those that end this process otherwise are passed on to it.
/// Once it has ended they are this command's own again, and mean that nobody wants to wait any longer.
/// </summary>
internal sealed class ProgramSignals : IDisposable
{
    /// <summary>How long a program has to end by the signal that was sent in the place of another, before it is sent that one too.</summary>
    public static readonly TimeSpan GentleTime = TimeSpan.FromSeconds(5);

    // What a program can handle. SIGKILL and SIGSTOP reach no handler; SIGWINCH, SIGTSTP and SIGCONT go to all that share a terminal.
    private static readonly (PosixSignal Signal, int Number)[] Passed = [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private readonly Lock _lock = new();
    private readonly Queue<PosixSignal> _early = new();
    private readonly CancellationTokenSource _impatience = new();
    private readonly TimeProvider _time;
    private readonly RepeatedSignals _repeated;
    private readonly Leftovers _leftovers;
    private readonly List<PosixSignalRegistration> _registrations;
    private ForegroundProcess? _program;
    private ITimer? _gentle;
    private bool _hasEnded;

    public ProgramSignals(TimeProvider time)
    {
        _time = time;
        _repeated = new RepeatedSignals(time);
        _leftovers = new Leftovers(time);
        _registrations = [.. Passed.Select(passed => PosixSignalRegistration.Create(passed.Signal, OnSignal))];
    }

    /// <summary>Cancelled by a signal that comes when the program has ended.</summary>
    public CancellationToken Impatience => _impatience.Token;

    /// <summary>Passes signals on from now on, and those that came before.</summary>
    public void Started(ForegroundProcess program)
    {
        lock (_lock)
        {
            _program = program;
            while (_early.TryDequeue(out var signal))
            {
                Pass(program, signal);
            }
        }
    }

    /// <summary>Passes nothing on any more: the number may soon be another program's.</summary>
    public void Ended()
    {
        lock (_lock)
        {
            _hasEnded = true;
            _gentle?.Dispose();
        }
    }

    /// <summary>Ends what the program left behind when a signal that was passed on ended it; gives back what runs on all the same.</summary>
    public Task<IReadOnlyList<RunningProcess>> EndLeftoversAsync() => _leftovers.EndAsync(Impatience);

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _gentle?.Dispose();
        _impatience.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_repeated.IsEcho(context.Signal))
        {
            return;
        }

        lock (_lock)
        {
            if (_hasEnded)
            {
                _impatience.Cancel();
            }
            else if (_program is null)
            {
                _early.Enqueue(context.Signal);
            }
            else if (!(context.Signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT && UnixProcess.IsInForeground()))
            {
                // Keys of a terminal reach the program without us, and twice would be once too often: goose leaves on the second.
                Pass(_program, context.Signal);
            }
        }
    }

    private void Pass(ForegroundProcess program, PosixSignal signal)
    {
        _leftovers.Note(program.Id, Number(signal), program.StartsToolsInSessions);
        var isFirst = _gentle is null;
        var sent = isFirst && signal is (PosixSignal.SIGTERM or PosixSignal.SIGHUP) ? program.EndingSignal(signal) : signal;
        UnixProcess.Send(program.Id, Number(sent));
        if (sent != signal)
        {
            _gentle = _time.CreateTimer(_ => Insist(program, signal), null, GentleTime, Timeout.InfiniteTimeSpan);
        }
    }

    private void Insist(ForegroundProcess program, PosixSignal signal)
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                Pass(program, signal);
            }
        }
    }

    private static int Number(PosixSignal signal) => Array.Find(Passed, passed => passed.Signal == signal).Number;
}
