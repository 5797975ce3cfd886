using System.Security.Cryptography;
using System.Text;

namespace Gander.Hosting.Identities;

/// <summary>
/// Names that stand for persons and hosts without telling who they are: the same for the same name as long as the data folder
/// lives, and different in another one. Who has the key can try names; it stands in a file of the data folder that only its
/// owner may read. Thread-safe.
/// </summary>
internal sealed class Pseudonyms
{
    private const int KeyBytes = 32;
    private const int ShownBytes = 6;

    private readonly Lazy<byte[]> _key;

    /// <summary>Names of the server on a data folder. The key is read or made when it is first needed.</summary>
    public Pseudonyms(DataFolder folder, ServerOptions options)
    {
        var path = Path.Combine(folder.FullPath, "pseudonyms.key");
        _key = new Lazy<byte[]>(() => ReadOrMake(path, options.ReadOnly));
    }

    /// <summary>The name that stands for one; of another kind, an equal name has another.</summary>
    public string? Of(string kind, string? name)
    {
        if (name is null)
        {
            return null;
        }

        var hash = HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{kind}\0{name}"));
        return $"{kind}-{Convert.ToHexStringLower(hash.AsSpan(0, ShownBytes))}";
    }

    private static byte[] ReadOrMake(string path, bool readOnly)
    {
        if (File.Exists(path) && Read(path) is { } known)
        {
            return known;
        }

        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        if (readOnly)
        {
            return key;
        }

        try
        {
            using var file = new FileStream(path, OwnerFile.OpenOrCreate());
            file.SetLength(0);
            file.Write(key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then names hold until the next start, which is better than none.
        }

        return key;
    }

    private static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path) is { Length: KeyBytes } key ? key : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
