using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Gander.Hosting.Auth;

/// <summary>
/// Lets a request pass with its <see cref="Caller"/>, or refuses it. It goes by the listener and not by the endpoint, so that an
/// endpoint cannot be forgotten: everything needs a token but health, the sign-in page and the styles it uses. Only what an
/// <see cref="IngestEndpoint"/> needs is another scope than that of pages.
/// </summary>
internal sealed class Authentication(Authenticator authenticator)
{
    /// <summary>Decides and passes on.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var listener = ListenerFeature.Of(context);
        if (listener == Listener.Pages && IsCrossSite(context.Request))
        {
            await Refusal.WriteAsync(context, listener, StatusCodes.Status403Forbidden, "This request was made by a page of another site.");
            return;
        }

        // A preflight carries no credentials (Fetch standard, "CORS-preflight fetch") and changes nothing.
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null || (listener == Listener.OtlpHttp && HttpMethods.IsOptions(context.Request.Method)))
        {
            await next(context);
            return;
        }

        var isIngest = listener != Listener.Pages || context.GetEndpoint()?.Metadata.GetMetadata<IngestEndpoint>() is not null;
        var outcome = authenticator.Decide(
            isIngest ? TokenScopes.Ingest : TokenScopes.Read,
            context.Request.Headers.Authorization,
            isIngest ? null : SignInPage.Cookie(context),
            context.Connection.RemoteIpAddress ?? IPAddress.None);
        switch (outcome)
        {
            case AuthOutcome.Allowed allowed:
                context.Features.Set(allowed.Caller);
                await next(context);
                break;
            case AuthOutcome.Unknown when listener == Listener.Pages && IsNavigation(context.Request):
                context.Response.Redirect(SignInPage.UrlFor(context.Request));
                break;
            case AuthOutcome.Unknown unknown:
                // No Basic: a browser would ask for a password of its own accord. OTLP names its challenges itself.
                context.Response.Headers.WWWAuthenticate = "Bearer realm=\"gander\"";
                await Refusal.WriteAsync(context, listener, StatusCodes.Status401Unauthorized, unknown.Message);
                break;
            case AuthOutcome.Forbidden forbidden:
                await Refusal.WriteAsync(context, listener, StatusCodes.Status403Forbidden, forbidden.Message);
                break;
            case AuthOutcome.TooMany tooMany:
                if (listener == Listener.Pages)
                {
                    context.Response.Headers.RetryAfter = ((int)tooMany.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                }

                await Refusal.WriteAsync(context, listener, StatusCodes.Status429TooManyRequests, "Too many refused attempts from this address; correct the token and wait a minute.");
                break;
            default:
                throw new UnreachableException($"no answer for {outcome}");
        }
    }

    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    // A browser names the origin of every request that changes something; programs name none.
    private static bool IsCrossSite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
