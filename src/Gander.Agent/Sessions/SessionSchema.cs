namespace Gander.Agent.Sessions;

/// <summary>The tables of the file of sessions.</summary>
internal static class SessionSchema
{
    public const string Create =
        """
        CREATE TABLE IF NOT EXISTS days (day TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS sessions (
            id TEXT NOT NULL UNIQUE,
            name TEXT,
            working_dir TEXT NOT NULL,
            created_ms INTEGER NOT NULL,
            updated_ms INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS messages (
            session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            id TEXT NOT NULL,
            role TEXT NOT NULL,
            created_ms INTEGER NOT NULL,
            content_json TEXT NOT NULL,
            provider TEXT,
            model TEXT,
            user_visible INTEGER NOT NULL,
            agent_visible INTEGER NOT NULL,
            PRIMARY KEY (session_id, seq));
        CREATE TABLE IF NOT EXISTS usage_ledger (
            session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            started_ms INTEGER NOT NULL,
            purpose TEXT NOT NULL,
            provider TEXT NOT NULL,
            model TEXT NOT NULL,
            response_model TEXT,
            response_id TEXT,
            finish_reason TEXT,
            input_tokens INTEGER,
            output_tokens INTEGER,
            cache_read_tokens INTEGER,
            cache_write_tokens INTEGER,
            reasoning_tokens INTEGER,
            cost_usd REAL,
            first_token_ms REAL,
            duration_ms REAL NOT NULL);
        CREATE INDEX IF NOT EXISTS usage_by_session ON usage_ledger (session_id)
        """;

    /// <summary>One row a session with its counts and sums; ends where conditions on <c>s</c> and an order may follow.</summary>
    public const string Overview =
        """
        SELECT s.id, s.name, s.working_dir, s.created_ms, s.updated_ms,
            (SELECT COUNT(*) FROM messages m WHERE m.session_id = s.id AND m.user_visible = 1),
            COALESCE(SUM(u.input_tokens), 0), COALESCE(SUM(u.output_tokens), 0), COALESCE(SUM(u.cache_read_tokens), 0),
            COALESCE(SUM(u.cache_write_tokens), 0), COALESCE(SUM(u.reasoning_tokens), 0), SUM(u.cost_usd)
        FROM sessions s LEFT JOIN usage_ledger u ON u.session_id = s.id
        GROUP BY s.id

        """;
}
