using Microsoft.Data.Sqlite;

namespace Gander.Agent.Sessions;

/// <summary>What SQLite reports, in words that say what to do (result codes of SQLite, <c>sqlite3.h</c>).</summary>
internal static class StoreProblem
{
    private const string WayOut = "Run with --no-session to go on without.";
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Input = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    /// <summary>The failure as one to show. Where a session is not needed, the way out is to keep none.</summary>
    public static SessionStoreException Of(SqliteException e, string path) => new($"Sessions cannot be kept in {path}: {Reason(e, path)} {WayOut}", e);

    /// <summary>The file of sessions, or its folder, cannot be made.</summary>
    public static SessionStoreException Of(Exception e, string path) => new($"Sessions cannot be kept in {path}: {e.Message} {WayOut}", e);

    /// <summary>What was read is not what was ever written.</summary>
    public static SessionStoreException Damaged(Exception e, string path, string sessionId) =>
        new($"The session {sessionId} in {path} cannot be read, as a row of it is damaged: {e.Message} Remove it with 'gander session remove --session-id {sessionId}', or begin another.", e);

    private static string Reason(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        Busy or Locked => "another program holds the file locked. End it, or try again.",
        ReadOnly or Permission or CannotOpen => $"the file cannot be written. See that it and its folder belong to you and that you may write both (ls -ld '{Path.GetDirectoryName(path)}' '{path}').",
        Full => "the disk is full. Make room there.",
        Input => $"the disk does not read or write ({e.Message}). See that it works and has room.",
        Constraint => "the session is no longer there; it was removed while it ran.",
        Corrupt or NotADatabase => $"the file is damaged. Move it away (mv '{path}' '{path}.damaged') and a new one is made; sqlite3's .recover may save what is in the old one.",
        _ => $"{e.Message.TrimEnd('.')}.",
    };
}
