using System.Diagnostics;
using System.Net.Http.Headers;
using Gander.Agent.Configuration;

namespace Gander.Agent.Extensions;

/// <summary>
/// Speaks to an MCP server over HTTP: tells it the trace of a call, follows no redirect where the person's own headers would go along to
/// another host, and does not wait long for the answer to a farewell.
/// </summary>
internal sealed class McpHttpHandler : DelegatingHandler
{
    // The call's own limit is to end it, as its error names that limit.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly bool _followsRedirects;
    private readonly TimeSpan _stopLimit;

    private McpHttpHandler(bool followsRedirects, TimeSpan stopLimit)
        : base(new SocketsHttpHandler
        {
            AllowAutoRedirect = followsRedirects,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            UseCookies = false,

            // It would name a span of its own, which nobody exports.
            ActivityHeadersPropagator = null,
        }) => (_followsRedirects, _stopLimit) = (followsRedirects, stopLimit);

    /// <summary>A client for one server, which waits for answers as long as a call or a start may take.</summary>
    public static HttpClient Client(ExtensionSettings settings, ExtensionOptions options)
    {
        var start = TimeSpan.FromSeconds(options.ExtensionStartSeconds);
        var call = settings.Timeout ?? TimeSpan.FromSeconds(options.ExtensionCallSeconds);
        return new HttpClient(new McpHttpHandler(settings.Headers.Count == 0, TimeSpan.FromSeconds(options.ExtensionStopSeconds))) { Timeout = (start > call ? start : call) + Grace };
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Delete)
        {
            using var farewell = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            farewell.CancelAfter(_stopLimit);
            return await base.SendAsync(request, farewell.Token).ConfigureAwait(false);
        }

        if (request.Method == HttpMethod.Post)
        {
            Trace(request.Headers);
        }

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (_followsRedirects || (int)response.StatusCode is not (>= 300 and < 400) || response.Headers.Location is not { } target)
        {
            return response;
        }

        using (response)
        {
            var shown = (target.IsAbsoluteUri ? target : new Uri(request.RequestUri!, target)).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
            throw new HttpRequestException(HttpRequestError.Unknown, $"It answered {(int)response.StatusCode} and points to {shown}, which is not followed, as the configured headers would go there. Set that as its uri if it is to be trusted.", statusCode: response.StatusCode);
        }
    }

    private static void Trace(HttpRequestHeaders headers)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity)
        {
            headers.TryAddWithoutValidation("traceparent", id);
            if (activity.TraceStateString is { Length: > 0 } state)
            {
                headers.TryAddWithoutValidation("tracestate", state);
            }
        }
    }
}
