using System.Net;

namespace Gander.Hosting.Auth;

/// <summary>Decides who may do what: the rules of <c>docs/security.md</c>. Thread-safe.</summary>
internal sealed partial class Authenticator(
    ServerOptions options, TokenRegistry tokens, SignIns signIns, LocalKey localKey, FailureLimiter failures, ILogger<Authenticator> logger)
{
    /// <summary>The caller that came with the key of the data folder: this very object, so that no token's name can stand for it.</summary>
    public static Caller Local { get; } = new("local", null, null);

    /// <summary>Whether a token is needed at the moment: always, unless all listeners are on loopback and none exists.</summary>
    public bool TokenNeeded => !AllLoopback || tokens.HasTokens;

    private bool AllLoopback => options.OtlpGrpc.IsLoopback && options.OtlpHttp.IsLoopback && options.Listen.IsLoopback;

    /// <summary>Refuses to start where anyone on the network could read and write without a token.</summary>
    /// <exception cref="StartException">An address is not loopback and there is no token.</exception>
    public static void ThrowIfOpenToStrangers(ServerOptions options, TokenFile file)
    {
        var exposed = new[] { ("--otlp-grpc", options.OtlpGrpc), ("--otlp-http", options.OtlpHttp), ("--listen", options.Listen) }
            .Where(listener => !listener.Item2.IsLoopback)
            .Select(listener => $"{listener.Item1} {listener.Item2}")
            .ToList();
        if (exposed.Count > 0 && file.Read().Count == 0)
        {
            throw new StartException(
                $"""
                {string.Join(", ", exposed)}: other machines could reach this address, and no token exists, so anyone could read every prompt.
                Make a token first:  gander token create --name NAME --data {Path.GetDirectoryName(file.FullPath)}
                or listen on this machine alone:  127.0.0.1
                """);
        }
    }

    /// <summary>Decides about one request that needs <paramref name="scope"/>.</summary>
    /// <param name="scope">What it wants to do.</param>
    /// <param name="authorization">Its <c>Authorization</c> header or metadata.</param>
    /// <param name="cookie">Its sign-in cookie, where one counts.</param>
    /// <param name="remote">Where it comes from.</param>
    public AuthOutcome Decide(TokenScopes scope, string? authorization, string? cookie, IPAddress remote)
    {
        var candidates = Credentials.Candidates(authorization);
        if (localKey.Matches(candidates))
        {
            return new AuthOutcome.Allowed(Local);
        }

        if (!TokenNeeded)
        {
            return new AuthOutcome.Allowed(Caller.Anonymous);
        }

        if ((tokens.Find(candidates) ?? signIns.Find(cookie)) is { } token)
        {
            return token.Scopes.HasFlag(scope)
                ? new AuthOutcome.Allowed(new Caller(token.Name, token.User, token.Team))
                : new AuthOutcome.Forbidden($"The token '{token.Name}' has no {Name(scope)} scope. Make one that has: gander token create --name NAME --scope {Name(scope)}");
        }

        return Refuse(scope, authorization, remote);
    }

    private static string Name(TokenScopes scope) => scope.ToString().ToLowerInvariant();

    /// <summary>Counts a refused attempt, and logs the first and the last that is worth a line.</summary>
    /// <returns>Whether the address may try again at once.</returns>
    public bool CountRefusal(TokenScopes scope, bool hasCredentials, IPAddress remote)
    {
        var count = failures.Count(remote);
        if (count is 1 or FailureLimiter.MaxFailures)
        {
            Log.Refused(logger, remote, Name(scope), hasCredentials ? "unknown credentials" : "no credentials", count);
        }

        return count <= FailureLimiter.MaxFailures;
    }

    private AuthOutcome Refuse(TokenScopes scope, string? authorization, IPAddress remote)
    {
        // Whoever sends nothing has not guessed: a browser that is not signed in must still find the way to the sign-in page.
        if (!CountRefusal(scope, authorization is not null, remote) && authorization is not null)
        {
            return new AuthOutcome.TooMany(FailureLimiter.Window);
        }

        return new AuthOutcome.Unknown((authorization, scope) switch
        {
            (null, TokenScopes.Ingest) =>
                "This server needs a token and the request has no Authorization header. In OTEL_EXPORTER_OTLP_HEADERS write it with an equals sign, "
                + "Authorization=Basic TOKEN; the form with a colon, Authorization: Basic TOKEN, is dropped by exporters without a word. "
                + "Make a token with: gander token create --name NAME",
            (null, _) => "This server needs a token: send it as 'Authorization: Bearer TOKEN'. Make one with: gander token create --name NAME",
            _ => "The token is unknown, revoked or expired. See: gander token list. "
                + "Where it stands in OTEL_EXPORTER_OTLP_HEADERS it is written Authorization=Basic TOKEN, with an equals sign and not as Authorization: Basic TOKEN.",
        });
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Refused {Remote}: {What} for {Scope} ({Count} refused within a minute)")]
        public static partial void Refused(ILogger logger, IPAddress remote, string scope, string what, int count);
    }
}
