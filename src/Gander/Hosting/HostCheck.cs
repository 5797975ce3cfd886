using System.Net;

namespace Gander.Hosting;

/// <summary>
/// Refuses requests that name a foreign host. Without this, a web page anywhere could point its own name at 127.0.0.1 and read
/// a developer's prompts through their browser (DNS rebinding). gRPC is exempt: no web page can speak it without TLS, and agents
/// in containers reach it under the names of containers.
/// </summary>
internal sealed class HostCheck(ServerOptions options)
{
    private readonly HashSet<string> _allowed = new(
        ["localhost", "127.0.0.1", "::1", .. new[] { options.OtlpHttp, options.Listen }.Where(address => !address.IsAny).Select(address => address.Host), .. options.AllowedHosts],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Passes the request on, or answers 421.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var listener = ListenerFeature.Of(context);
        return listener == Listener.OtlpGrpc || IsAllowed(context.Request.Host.Host, context.Connection.LocalIpAddress)
            ? next(context)
            : Refusal.WriteAsync(
                context,
                listener,
                StatusCodes.Status421MisdirectedRequest,
                $"The request names the host '{Shown(context.Request.Host.Host)}', which this server does not know. If it is yours, add it to allowedHosts "
                + "in gander.yaml, or set GANDER_ALLOWED_HOSTS.");
    }

    private static string Shown(string host) => host.Length <= 100 ? host : host[..100];

    private bool IsAllowed(string host, IPAddress? local)
    {
        var name = host.Trim('[', ']');
        // The address the connection was made to is no name that anyone could have pointed here.
        return _allowed.Contains(name) || (IPAddress.TryParse(name, out var address) && local is not null && Plain(address).Equals(Plain(local)));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
