using System.Runtime.InteropServices;

namespace Gander.Commands.Exec;

/// <summary>
/// While a program runs in the foreground, signals are the program's: those that end this process otherwise are passed on to it.
/// Once it has ended they are this command's own again, and mean that nobody wants to wait any longer.
/// </summary>
internal sealed class ProgramSignals : IDisposable
{
    // What a program can handle. SIGKILL and SIGSTOP reach no handler; SIGWINCH, SIGTSTP and SIGCONT go to all that share a terminal.
    private static readonly (PosixSignal Signal, int Number)[] Passed = [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private readonly Lock _lock = new();
    private readonly Queue<int> _early = new();
    private readonly CancellationTokenSource _impatience = new();
    private readonly RepeatedSignals _repeated;
    private readonly List<PosixSignalRegistration> _registrations;
    private int _program;
    private bool _hasEnded;

    public ProgramSignals(TimeProvider time)
    {
        _repeated = new RepeatedSignals(time);
        _registrations = [.. Passed.Select(passed => PosixSignalRegistration.Create(passed.Signal, context => OnSignal(context, passed.Number)))];
    }

    /// <summary>Cancelled by a signal that comes when the program has ended.</summary>
    public CancellationToken Impatience => _impatience.Token;

    /// <summary>Passes signals on from now on, and those that came before.</summary>
    public void Started(int program)
    {
        lock (_lock)
        {
            _program = program;
            while (_early.TryDequeue(out var signal))
            {
                UnixProcess.Send(program, signal);
            }
        }
    }

    /// <summary>Passes nothing on any more: the number may soon be another program's.</summary>
    public void Ended()
    {
        lock (_lock)
        {
            _hasEnded = true;
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _impatience.Dispose();
    }

    private void OnSignal(PosixSignalContext context, int number)
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
            else if (_program == 0)
            {
                _early.Enqueue(number);
            }
            else if (!(context.Signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT && UnixProcess.IsInForeground()))
            {
                // Keys of a terminal reach the program without us, and twice would be once too often: goose leaves on the second.
                UnixProcess.Send(_program, number);
            }
        }
    }
}
