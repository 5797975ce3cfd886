using Gander.Stores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gander.Web.Summary;

/// <summary><c>GET /ui/overview/{chart}?from=&amp;to=</c>: the charts of the overview, tokens or calls.</summary>
internal static class OverviewEndpoint
{
    /// <summary>Sessions that are added up; the page says when there are more.</summary>
    public const int MaxSessions = 1_000;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/ui/overview/{chart}", AnswerAsync).ExcludeFromDescription();

    private static async Task<Results<Ok<ChartData>, NotFound>> AnswerAsync(
        string chart, string? from, string? to, ISessionSource sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        var window = TimeWindow.Parse(from, to, time.GetUtcNow());
        var figures = new OverviewFigures(await sessions.ListAsync(new SessionQuery(window.Range, Limit: MaxSessions), cancellationToken), window.Range);
        return chart switch
        {
            "tokens" => TypedResults.Ok(figures.TokensByAgent()),
            "calls" => TypedResults.Ok(figures.Calls()),
            _ => TypedResults.NotFound(),
        };
    }
}
