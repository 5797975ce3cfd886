namespace Gander.Hosting;

/// <summary>Binds endpoints to a listener.</summary>
public static class ListenerEndpoints
{
    /// <summary>A group whose endpoints exist on <paramref name="listener"/> alone; on the others their paths are unknown.</summary>
    public static RouteGroupBuilder MapListener(this IEndpointRouteBuilder endpoints, Listener listener) =>
        endpoints.MapGroup("").WithMetadata(new ListenerFeature(listener));
}
