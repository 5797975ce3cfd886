using System.Security.Cryptography;
using System.Text;

namespace Gander.Hosting.Auth;

/// <summary>
/// The key by which commands on the same machine speak to the running server: it stands in a file of the data folder that only
/// its owner can read, who can read everything else there too. It is new at every start.
/// </summary>
public sealed class LocalKey
{
    private readonly byte[] _hash;

    /// <summary>Makes a new key.</summary>
    public LocalKey()
    {
        Text = TokenSecret.Create();
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(Text));
    }

    /// <summary>The key itself, for the file.</summary>
    internal string Text { get; }

    /// <summary>Whether one of the texts is the key; takes the same time whatever they are.</summary>
    public bool Matches(IEnumerable<string> candidates)
    {
        var matches = false;
        foreach (var candidate in candidates)
        {
            matches |= CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(candidate)));
        }

        return matches;
    }
}
