using System.Security.Cryptography;

namespace Gander.Hosting.Auth;

/// <summary>
/// The tokens a running server knows. It looks at the file's time at every request, so that a new or revoked token counts at
/// once. A file that cannot be read admits nobody. Thread-safe.
/// </summary>
public sealed partial class TokenRegistry(TokenFile file, TimeProvider time, ILogger<TokenRegistry> logger)
{
    private readonly Lock _reading = new();
    private volatile Snapshot? _snapshot;

    /// <summary>Whether there is any token, an expired one included: then requests need one.</summary>
    public bool HasTokens
    {
        get
        {
            var snapshot = Current();
            return snapshot.Broken || snapshot.Tokens.Count > 0;
        }
    }

    /// <summary>The token whose text is one of <paramref name="candidates"/>, or null; expired ones are not found.</summary>
    public TokenRecord? Find(IEnumerable<string> candidates)
    {
        var tokens = Current().Tokens;
        TokenRecord? found = null;
        foreach (var candidate in candidates.Where(candidate => TokenSecret.IsTokenShaped(candidate)))
        {
            var hash = Convert.FromHexString(TokenSecret.Hash(candidate));
            foreach (var (token, expected) in tokens)
            {
                // Every token is compared in constant time and none is skipped, so that time tells nothing about the others.
                found = CryptographicOperations.FixedTimeEquals(hash, expected) ? token : found;
            }
        }

        return found?.IsExpired(time.GetUtcNow()) == false ? found : null;
    }

    /// <summary>The token with this hash, or null; an expired one is not found. For whoever proved before that he has the token.</summary>
    public TokenRecord? FindByHash(string hash)
    {
        var found = Current().Tokens.FirstOrDefault(entry => entry.Token.Hash == hash).Token;
        return found?.IsExpired(time.GetUtcNow()) == false ? found : null;
    }

    private Snapshot Current()
    {
        var stamp = Stamp();
        if (_snapshot is { } snapshot && snapshot.Stamp == stamp)
        {
            return snapshot;
        }

        lock (_reading)
        {
            return _snapshot is { } other && other.Stamp == stamp ? other : _snapshot = Load(stamp);
        }
    }

    private Snapshot Load((DateTime, long) stamp)
    {
        try
        {
            return new Snapshot(stamp, [.. file.Read().Select(token => (token, Convert.FromHexString(token.Hash)))], Broken: false);
        }
        catch (Exception e) when (e is StartException or FormatException)
        {
            Log.Unreadable(logger, e.Message);
            return new Snapshot(stamp, [], Broken: true);
        }
    }

    private (DateTime WrittenAt, long Length) Stamp()
    {
        var info = new FileInfo(file.FullPath);
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
    }

    private sealed record Snapshot((DateTime, long) Stamp, IReadOnlyList<(TokenRecord Token, byte[] Hash)> Tokens, bool Broken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Nobody is admitted until the tokens can be read again. {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);
    }
}
