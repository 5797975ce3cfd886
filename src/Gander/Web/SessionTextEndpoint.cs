using Gander.Sessions;
using Gander.Web.Content;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gander.Web;

/// <summary>Gives out the whole of a text that a session's page shows only the beginning of.</summary>
internal static class SessionTextEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/ui/sessions/{key}/text", ReadAsync).ExcludeFromDescription();

    private static async Task<Results<ContentHttpResult, NotFound>> ReadAsync(
        string key, int turn, int? step, string part, ISessionSource sessions, HttpResponse response, CancellationToken cancellationToken)
    {
        var session = await sessions.ReadAsync(key, cancellationToken);
        var text = session?.Turns.FirstOrDefault(candidate => candidate.Index == turn - 1) is { } found ? Find(found, step, part) : null;
        if (text is null)
        {
            return TypedResults.NotFound();
        }

        // Plain text that no browser takes for a page.
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(JsonText.Pretty(text), "text/plain; charset=utf-8");
    }

    private static string? Find(Turn turn, int? step, string part) => (part, step) switch
    {
        ("prompt", null) => turn.Prompt,
        ("answer", null) => turn.Answer,
        ("input", > 0) when step <= turn.Steps.Count => turn.Steps[step.Value - 1].Input,
        ("output", > 0) when step <= turn.Steps.Count => turn.Steps[step.Value - 1].Output,
        _ => null,
    };
}
