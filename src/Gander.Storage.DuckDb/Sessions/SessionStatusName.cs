using Gander.Sessions;

namespace Gander.Storage.DuckDb.Sessions;

/// <summary>How the table of sessions writes the status of one.</summary>
internal static class SessionStatusName
{
    /// <summary>The name of a status.</summary>
    public static string Of(SessionStatus status) => status switch
    {
        SessionStatus.Ok => "ok",
        SessionStatus.Error => "error",
        SessionStatus.Interrupted => "interrupted",
        SessionStatus.Running => "running",
        _ => "unknown",
    };

    /// <summary>The status of a name; unknown for any other text.</summary>
    public static SessionStatus Parse(string? name) => name switch
    {
        "ok" => SessionStatus.Ok,
        "error" => SessionStatus.Error,
        "interrupted" => SessionStatus.Interrupted,
        "running" => SessionStatus.Running,
        _ => SessionStatus.Unknown,
    };
}
