using System.Runtime.InteropServices;

namespace Gander.Commands;

/// <summary>Turns the first SIGINT or SIGTERM into cancellation; a second one ends the process as it always does, unless it is the first one's echo.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RepeatedSignals _repeated;
    private readonly List<PosixSignalRegistration> _registrations;

    /// <summary>Begins to listen, or never does: a command with a program in the foreground has other plans for signals.</summary>
    public StopSignals(TimeProvider time, bool listens)
    {
        _repeated = new RepeatedSignals(time);
        _registrations = listens
            ? [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)]
            : [];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = _repeated.IsEcho(context.Signal) || !_stop.IsCancellationRequested;
        _stop.Cancel();
    }
}
