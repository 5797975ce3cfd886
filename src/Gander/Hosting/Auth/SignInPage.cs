using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Gander.Hosting.Auth;

/// <summary>The page where a browser exchanges a token for a cookie. Plain HTML without script, as nothing else may load yet.</summary>
internal static class SignInPage
{
    private const string Path = "/sign-in";
    private const int MaxTokenLength = 200;

    /// <summary>The sign-in page and signing out.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) => Page(Local(context.Request.Query["return"]), problem: null, StatusCodes.Status200OK)).WithMetadata(new OpenToAll());
        endpoints.MapPost(Path, SignInAsync).WithMetadata(new OpenToAll());
        endpoints.MapPost(SignOutPath, (HttpContext context, SignIns signIns) =>
        {
            signIns.SignOut(Cookie(context));
            context.Response.Cookies.Delete(CookieName(context));
            return Results.LocalRedirect(Path);
        });
    }

    /// <summary>Where a form signs out, by POST.</summary>
    public const string SignOutPath = "/sign-out";

    /// <summary>The cookie of a request, or null.</summary>
    public static string? Cookie(HttpContext context) => context.Request.Cookies[CookieName(context)];

    /// <summary>Where to send a browser that asked for a page without being signed in.</summary>
    public static string UrlFor(HttpRequest request) => $"{Path}?return={Uri.EscapeDataString($"{request.Path}{request.QueryString}")}";

    // Browsers do not tell ports apart; two servers on one machine must not sign each other out.
    private static string CookieName(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"gander-{context.Connection.LocalPort}");

    private static async Task<IResult> SignInAsync(HttpContext context, SignIns signIns, Authenticator authenticator)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var target = Local(form["return"]);
        var token = form["token"].ToString();
        if (token.Length <= MaxTokenLength && signIns.SignIn(token) is { } cookie)
        {
            context.Response.Cookies.Append(CookieName(context), cookie, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                MaxAge = SignIns.Lifetime,
                IsEssential = true,
            });
            // 303, so that the browser asks for the page and does not send the token again.
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = target;
            return Results.Empty;
        }

        return authenticator.CountRefusal(TokenScopes.Read, hasCredentials: true, context.Connection.RemoteIpAddress ?? IPAddress.None)
            ? Page(target, "This token is unknown, expired, or has no read scope.", StatusCodes.Status401Unauthorized)
            : Page(target, "Too many attempts. Wait a minute.", StatusCodes.Status429TooManyRequests);
    }

    // Only paths of this server: never a place a link from elsewhere chose.
    private static string Local(StringValues target) =>
        target.ToString() is ['/', ..] path && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";

    private static IResult Page(string target, string? problem, int status) => Results.Content(
        $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Sign in · Gander</title>
        <style>
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center }
        main { width: min(26rem, 90vw) }
        input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem .75rem; margin-top: .5rem }
        code { overflow-wrap: anywhere }
        </style>
        </head>
        <body>
        <main>
        <h1>Gander</h1>
        {{(problem is null ? "" : $"<p role=\"alert\"><strong>{WebUtility.HtmlEncode(problem)}</strong></p>")}}
        <form method="post" action="{{Path}}">
        <label for="token">Token with read scope</label>
        <input id="token" name="token" type="password" autocomplete="current-password" maxlength="{{MaxTokenLength}}" required autofocus>
        <input type="hidden" name="return" value="{{WebUtility.HtmlEncode(target)}}">
        <button type="submit">Sign in</button>
        </form>
        <p>Make one on the server: <code>gander token create --name you --scope read</code></p>
        </main>
        </body>
        </html>
        """,
        "text/html; charset=utf-8",
        Encoding.UTF8,
        status);
}
