using System.Security.Cryptography;

namespace Gander.Hosting;

/// <summary>
/// Headers of every answer of the pages listener. Telemetry is hostile text; should an escape be missing somewhere, the policy
/// keeps it from becoming a script, from loading anything from elsewhere, and from being framed.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>Adds the headers and the <see cref="CspNonce"/>.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (ListenerFeature.Of(context) == Listener.Pages)
        {
            var nonce = new CspNonce(Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
            context.Features.Set(nonce);
            var headers = context.Response.Headers;
            // Widths of bars and the styles of islands stand in the document: styles may be inline, scripts may not.
            headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' 'nonce-{nonce.Value}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
                + "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.XFrameOptions = "DENY";
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
