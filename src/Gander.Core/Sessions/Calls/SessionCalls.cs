namespace Gander.Sessions.Calls;

/// <summary>
/// The calls of one session: what figures over many sessions are made of, kept beside its summary so that they need neither
/// the telemetry nor a fold.
/// </summary>
/// <param name="Key">The session's key.</param>
/// <param name="Agent">Its agent.</param>
/// <param name="User">Its user, or null.</param>
/// <param name="StartNanos">The start of the session, Unix nanoseconds.</param>
/// <param name="Calls">Its steps in the order of turns, then of steps.</param>
public sealed record SessionCalls(string Key, string Agent, string? User, long StartNanos, IReadOnlyList<SessionCall> Calls)
{
    /// <summary>Characters that are kept of an error.</summary>
    public const int MaxErrorLength = 240;

    /// <summary>Characters that are kept of a name.</summary>
    public const int MaxNameLength = 200;

    /// <summary>The calls of a folded session.</summary>
    public static SessionCalls Of(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var calls = new List<SessionCall>(session.Turns.Sum(turn => turn.Steps.Count));
        AddTo(calls, session);
        return Of(session.Summary, calls);
    }

    /// <summary>These calls of the session that a summary is of.</summary>
    internal static SessionCalls Of(SessionSummary summary, IReadOnlyList<SessionCall> calls) => new(summary.Key, summary.Agent, summary.User, summary.StartNanos, calls);

    /// <summary>Adds the calls of a folded session to a list.</summary>
    internal static void AddTo(List<SessionCall> calls, Session session)
    {
        foreach (var turn in session.Turns)
        {
            for (var step = 0; step < turn.Steps.Count; step++)
            {
                calls.Add(CallOf(turn, step));
            }
        }
    }

    private static SessionCall CallOf(Turn turn, int index)
    {
        var step = turn.Steps[index];
        return new SessionCall
        {
            Kind = step.Kind,
            Name = Cut(step.Name, MaxNameLength),
            Provider = Cut(step.Provider, MaxNameLength),
            McpServer = Cut(step.McpServer, MaxNameLength),
            Subagent = Cut(step.Agent, MaxNameLength),
            Error = Cut(step.Error, MaxErrorLength),
            Turn = turn.Index,
            Step = index,
            StartNanos = step.StartNanos,
            DurationNanos = Length(step.DurationNanos),
            DurationProvenance = step.DurationProvenance,
            FirstByteNanos = Length(step.FirstByteNanos),
            Status = step.Status,
            Tokens = step.Tokens,
            ReportedCostUsd = step.ReportedCostUsd,
            WaitNanos = Length(step.WaitNanos),
            TokensSource = step.Sources.Tokens,
            OutcomeSource = step.Sources.Outcome,
        };
    }

    private static long? Length(long? nanos) => nanos is { } known ? Math.Max(0, known) : null;

    // Not between the halves of a character that takes two.
    private static string Cut(string? text, int length) => text is null ? ""
        : text.Length <= length ? text
        : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
