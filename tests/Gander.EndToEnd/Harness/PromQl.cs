using System.Globalization;
using System.Text.Json;

namespace Gander.EndToEnd.Harness;

/// <summary>Asks a server's PromQL API.</summary>
internal static class PromQl
{
    /// <summary>Waits until an instant query has an answer that is as wanted.</summary>
    public static Task<IReadOnlyList<PromQlSeries>> EventuallyAsync(
        GanderProcess gander, string query, Predicate<IReadOnlyList<PromQlSeries>> isEnough, CancellationToken cancellationToken) =>
        Eventually.GetAsync(() => AskAsync(gander, query, cancellationToken), isEnough, TimeSpan.FromSeconds(60), query, cancellationToken);

    /// <summary>The answer of an instant query: a vector, or a matrix for a range selector.</summary>
    public static async Task<IReadOnlyList<PromQlSeries>> AskAsync(GanderProcess gander, string query, CancellationToken cancellationToken)
    {
        var answer = await gander.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", cancellationToken);
        return
        [
            .. answer.GetProperty("data").Items("result").Select(series => new PromQlSeries(
                series.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal),
                series.TryGetProperty("values", out var values) ? [.. values.EnumerateArray().Select(Value)] : [Value(series.GetProperty("value"))])),
        ];
    }

    private static double Value(JsonElement sample) => double.Parse(sample[1].GetString()!, CultureInfo.InvariantCulture);
}
