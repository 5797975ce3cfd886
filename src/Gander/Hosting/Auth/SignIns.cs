using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gander.Hosting.Auth;

/// <summary>
/// Browsers that signed in with a token. The cookie holds a random number of its own and not the token, because a browser
/// sends the cookies of a host to every port of it. Ends with the token, with the time, or with the server. Thread-safe.
/// </summary>
internal sealed class SignIns(TokenRegistry tokens, TimeProvider time)
{
    /// <summary>How long one lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const int MaxSignIns = 1_000;

    private readonly Dictionary<string, (string TokenHash, DateTimeOffset Until)> _signIns = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();

    /// <summary>Signs in with a token; null when it is unknown or not good for reading, else the cookie's value.</summary>
    public string? SignIn(string token)
    {
        if (tokens.Find([token.Trim()]) is not { } found || !found.Scopes.HasFlag(TokenScopes.Read))
        {
            return null;
        }

        var cookie = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        lock (_changing)
        {
            foreach (var (key, _) in _signIns.Where(entry => entry.Value.Until <= now).ToList())
            {
                _signIns.Remove(key);
            }

            if (_signIns.Count >= MaxSignIns)
            {
                _signIns.Remove(_signIns.MinBy(entry => entry.Value.Until).Key);
            }

            _signIns[Key(cookie)] = (found.Hash, now + Lifetime);
        }

        return cookie;
    }

    /// <summary>The token behind a cookie, or null; looked up anew, so that a revoked one is gone at once.</summary>
    public TokenRecord? Find(string? cookie)
    {
        if (cookie is null)
        {
            return null;
        }

        (string TokenHash, DateTimeOffset Until) entry;
        lock (_changing)
        {
            if (!_signIns.TryGetValue(Key(cookie), out entry) || entry.Until <= time.GetUtcNow())
            {
                return null;
            }
        }

        return tokens.FindByHash(entry.TokenHash);
    }

    /// <summary>Ends a sign-in.</summary>
    public void SignOut(string? cookie)
    {
        if (cookie is not null)
        {
            lock (_changing)
            {
                _signIns.Remove(Key(cookie));
            }
        }
    }

    // Looking up a hash, not the number itself, tells nothing by its time.
    private static string Key(string cookie) => TokenSecret.Hash(cookie);
}
