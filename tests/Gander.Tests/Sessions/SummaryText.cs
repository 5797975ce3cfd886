using System.Text.Json;
using Gander.Sessions;

namespace Gander.Tests.Sessions;

/// <summary>Summaries as text, to compare what records with lists cannot.</summary>
internal static class SummaryText
{
    private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };

    public static string Of(SessionSummary summary) => JsonSerializer.Serialize(summary, Fields);

    public static string Of(IEnumerable<SessionSummary> summaries) =>
        string.Join('\n', summaries.OrderBy(summary => summary.StartNanos).ThenBy(summary => summary.Key, StringComparer.Ordinal).Select(Of));
}
