using Microsoft.AspNetCore.Routing.Matching;

namespace Gander.Hosting;

/// <summary>Chooses between a page and the <see cref="ForPrograms"/> endpoint of the same path by what the client accepts.</summary>
internal sealed class PageOrProgramPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <summary>After the listeners, before methods.</summary>
    public override int Order => -9_000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsForPrograms);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var wantsPage = httpContext.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        var hasBoth = Valid(candidates).Any(IsForPrograms) && !Valid(candidates).All(IsForPrograms);
        for (var i = 0; i < candidates.Count && hasBoth; i++)
        {
            if (candidates.IsValidCandidate(i) && IsForPrograms(candidates[i].Endpoint) == wantsPage)
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<Endpoint> Valid(CandidateSet candidates) =>
        from index in Enumerable.Range(0, candidates.Count)
        where candidates.IsValidCandidate(index)
        select candidates[index].Endpoint;

    private static bool IsForPrograms(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ForPrograms>() is not null;
}
