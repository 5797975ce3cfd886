using Microsoft.AspNetCore.Routing.Matching;

namespace Gander.Hosting;

/// <summary>
/// Hides the endpoints of other listeners. It looks at the connection and not at the port in the <c>Host</c> header, which
/// the client chooses.
/// </summary>
internal sealed class ListenerMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <summary>Before every other policy: what is not there cannot be of the wrong method or type.</summary>
    public override int Order => -10_000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var listener = ListenerFeature.Of(httpContext);
        for (var i = 0; i < candidates.Count; i++)
        {
            var belongsTo = candidates[i].Endpoint.Metadata.GetMetadata<ListenerFeature>()?.Listener ?? Listener.Pages;
            if (belongsTo != listener && candidates[i].Endpoint.Metadata.GetMetadata<EveryListener>() is null)
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }
}
