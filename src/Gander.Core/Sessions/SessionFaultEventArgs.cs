namespace Gander.Sessions;

/// <summary>Which session could not be folded.</summary>
/// <param name="fault">The session and why.</param>
public sealed class SessionFaultEventArgs(SessionFault fault) : EventArgs
{
    /// <summary>The session and why.</summary>
    public SessionFault Fault { get; } = fault;
}
