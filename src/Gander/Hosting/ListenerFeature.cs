namespace Gander.Hosting;

/// <summary>Tells through which listener a connection came; a feature of the connection and so of its requests.</summary>
/// <param name="Listener">The listener.</param>
internal sealed record ListenerFeature(Listener Listener)
{
    /// <summary>The listener of a request. A request that came through none of ours (there is no such way) counts as one for pages, which ask for the most.</summary>
    public static Listener Of(HttpContext context) => context.Features.Get<ListenerFeature>()?.Listener ?? Listener.Pages;
}
