namespace Gander.Storage.DuckDb.Queries;

/// <summary>The condition that a record names one of some sessions.</summary>
internal static class SessionFilter
{
    /// <summary>One id is compared and not searched for in a list, which lets the engine skip more.</summary>
    public static string Of(IReadOnlyCollection<string> sessionIds, SqlValues values) => sessionIds.Count == 1
        ? $"session = {values.Add(sessionIds.First())}"
        : $"session IN {SqlValues.Join(sessionIds, values.Add)}";
}
