using System.Security.Cryptography;
using System.Text;
using Gander.Stores;

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

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly bool _isReadOnly;
    private byte[]? _key;

    /// <summary>Names of the server on a data folder. The key is read or made when it is first needed.</summary>
    public Pseudonyms(DataFolder folder, ServerOptions options) => (_path, _isReadOnly) = (Path.Combine(folder.FullPath, "pseudonyms.key"), options.ReadOnly);

    /// <summary>The name that stands for one; of another kind, an equal name has another.</summary>
    /// <exception cref="StoreUnavailableException">There is a key that cannot be read. It is tried again with the next name.</exception>
    public string? Of(string kind, string? name)
    {
        if (name is null)
        {
            return null;
        }

        var hash = HMACSHA256.HashData(Key(), Encoding.UTF8.GetBytes($"{kind}\0{name}"));
        return $"{kind}-{Convert.ToHexStringLower(hash.AsSpan(0, ShownBytes))}";
    }

    private byte[] Key()
    {
        lock (_lock)
        {
            return _key ??= Read() ?? Make();
        }
    }

    // Another key would give everybody another name for good, so that one which is there is never replaced.
    private byte[]? Read()
    {
        try
        {
            var key = File.ReadAllBytes(_path);
            return key.Length == KeyBytes
                ? key
                : throw new StoreUnavailableException($"Pseudonyms cannot be told, as the key in {_path} is damaged: it has {key.Length} bytes in the place of {KeyBytes}. Restore it from a backup, or delete it, and everybody gets another pseudonym.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"Pseudonyms cannot be told, as their key cannot be read: {e.Message} See that the file belongs to the server's user.", e);
        }
    }

    private byte[] Make()
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        if (_isReadOnly)
        {
            return key;
        }

        var beside = _path + ".new";
        try
        {
            // Whole before it has its name: a crash leaves no half of a key.
            using (var file = new FileStream(beside, OwnerFile.OpenOrCreate()))
            {
                file.SetLength(0);
                file.Write(key);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, _path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then names hold until the next start, which is better than none.
        }

        return key;
    }
}
