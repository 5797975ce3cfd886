using System.Diagnostics;

namespace Gander.Sessions;

/// <summary>That a session could not be folded because of a fault of our own. Holds nothing of what the session's telemetry says, so that it may be logged.</summary>
/// <param name="Key">The session's key.</param>
/// <param name="Agent">Its agent.</param>
/// <param name="Reason">The kind of the exception and where in our code it was thrown; never its message, which may quote telemetry.</param>
public sealed record SessionFault(string Key, string Agent, string Reason)
{
    /// <summary>What to call the fault that threw <paramref name="exception"/>.</summary>
    internal static string ReasonOf(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { DeclaringTypeName: { } type } method && type.StartsWith("Gander.", StringComparison.Ordinal))
            {
                return $"{exception.GetType().Name} in {type[(type.LastIndexOf('.') + 1)..]}.{method.Name}";
            }
        }

        return exception.GetType().Name;
    }
}
