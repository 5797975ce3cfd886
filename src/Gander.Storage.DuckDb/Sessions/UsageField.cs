namespace Gander.Storage.DuckDb.Sessions;

/// <summary>The numbers of a row of usage in stored bytes, those first that most rows have, so that few bits say which follow.</summary>
internal enum UsageField
{
    ToolCalls,
    ModelCalls,
    Input,
    Output,
    PricedPicos,
    Band,
    ToolFailures,
    CacheRead,
    CacheWrite,
    Reasoning,
    ReportedPicos,
    CacheWriteFiveMinutes,
    CacheWriteOneHour,
    ModelErrors,
    Turns,
    LinesAdded,
    LinesRemoved,
    Commits,
    PullRequests,
}
