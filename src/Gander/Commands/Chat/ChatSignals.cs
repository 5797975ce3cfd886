using System.Runtime.InteropServices;

namespace Gander.Commands.Chat;

/// <summary>
/// What signals mean to a conversation: SIGINT interrupts the turn that runs, or is told to whoever reads the keyboard; SIGTERM and SIGHUP end the
/// conversation in order. Where a turn does not end though it was interrupted, the third SIGINT ends the program as it always does.
/// </summary>
internal sealed class ChatSignals : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly Action _interruptPrompt;
    private CancellationTokenSource? _turn;
    private int _interrupts;

    /// <param name="interruptPrompt">Told of SIGINT while no turn runs.</param>
    public ChatSignals(Action interruptPrompt)
    {
        _interruptPrompt = interruptPrompt;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnLeave),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnLeave),
        ];
    }

    /// <summary>Cancelled when the conversation has to end.</summary>
    public CancellationToken Leave => _leave.Token;

    /// <summary>Runs a turn with a token that SIGINT cancels.</summary>
    public async Task DuringTurnAsync(Func<CancellationToken, Task> turn)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_leave.Token);
        lock (_lock)
        {
            (_turn, _interrupts) = (stop, 0);
        }

        try
        {
            await turn(stop.Token);
        }
        finally
        {
            lock (_lock)
            {
                _turn = null;
            }
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _leave.Dispose();
    }

    private void OnInterrupt(PosixSignalContext context)
    {
        lock (_lock)
        {
            if (_turn is null)
            {
                context.Cancel = true;
                _interruptPrompt();
                return;
            }

            context.Cancel = ++_interrupts < 3;
            _turn.Cancel();
        }
    }

    private void OnLeave(PosixSignalContext context)
    {
        context.Cancel = true;
        _leave.Cancel();
    }
}
