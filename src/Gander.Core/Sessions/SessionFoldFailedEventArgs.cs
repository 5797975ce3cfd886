namespace Gander.Sessions;

/// <summary>Why a round of folding failed.</summary>
/// <param name="exception">What the store threw.</param>
public sealed class SessionFoldFailedEventArgs(Exception exception) : EventArgs
{
    /// <summary>What the store threw.</summary>
    public Exception Exception { get; } = exception;
}
