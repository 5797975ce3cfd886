using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gander.Hosting.Auth;

/// <summary>
/// The tokens of a data folder, in a file that only its owner may read. Every change replaces the file at once, so a server
/// that reads it meanwhile sees the old or the new tokens and nothing between.
/// </summary>
public sealed class TokenFile(string dataPath, TimeProvider time)
{
    /// <summary>Tokens a file may hold; each is compared with on every request.</summary>
    public const int MaxTokens = 1_000;

    private const int MaxNameLength = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Where the tokens are.</summary>
    public string FullPath { get; } = Path.Combine(dataPath, "tokens.json");

    /// <summary>All tokens, in the order they were made; none when there is no file.</summary>
    /// <exception cref="StartException">The file is there and cannot be read.</exception>
    public IReadOnlyList<TokenRecord> Read()
    {
        try
        {
            using var stream = File.OpenRead(FullPath);
            return JsonSerializer.Deserialize<List<TokenRecord>>(stream, Json) ?? [];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartException($"The token file {FullPath} cannot be read: {e.Message} Restore it from a backup, or delete it and make new tokens.", e);
        }
    }

    /// <summary>Adds a token and returns its text, which is kept nowhere and cannot be shown again.</summary>
    /// <exception cref="StartException">The name is taken or unusable, or the file cannot be written.</exception>
    public string Create(string name, TokenScopes scopes, string? user, string? team, TimeSpan? lifetime)
    {
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl))
        {
            throw new StartException($"A token's name has 1 to {MaxNameLength} characters and no control characters.");
        }

        var token = TokenSecret.Create();
        Change(tokens =>
        {
            if (tokens.Exists(existing => existing.Name.Equals(name, StringComparison.Ordinal)))
            {
                throw new StartException($"There is already a token named '{name}'. Choose another name, or revoke that one first: gander token revoke {name}");
            }

            if (tokens.Count >= MaxTokens)
            {
                throw new StartException($"There are {MaxTokens} tokens already, as many as can be. Revoke some first.");
            }

            var now = time.GetUtcNow();
            tokens.Add(new TokenRecord(name, TokenSecret.Hash(token), scopes, Given(user), Given(team), now, lifetime is { } length ? now + length : null));
        });
        return token;
    }

    /// <summary>Removes the token; false when there is none of that name.</summary>
    /// <exception cref="StartException">The file cannot be read or written.</exception>
    public bool Revoke(string name)
    {
        var removed = 0;
        Change(tokens => removed = tokens.RemoveAll(token => token.Name.Equals(name, StringComparison.Ordinal)));
        return removed > 0;
    }

    /// <summary>Copies the tokens into another folder, for its owner alone; nothing when there are none.</summary>
    public void CopyTo(string directory)
    {
        if (!File.Exists(FullPath))
        {
            return;
        }

        using var from = File.OpenRead(FullPath);
        using var to = new FileStream(Path.Combine(directory, Path.GetFileName(FullPath)), OwnerFile.Create());
        from.CopyTo(to);
        to.Flush(flushToDisk: true);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void Change(Action<List<TokenRecord>> change)
    {
        DataFolder.Create(dataPath);
        try
        {
            // Two commands at once must not lose each other's change.
            using var mutex = new FileStream($"{FullPath}.lock", OwnerFile.OpenOrCreate());
            var tokens = Read().ToList();
            change(tokens);
            var partial = $"{FullPath}.new";
            File.Delete(partial);
            using (var stream = new FileStream(partial, OwnerFile.Create()))
            {
                JsonSerializer.Serialize(stream, tokens, Json);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, FullPath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The token file {FullPath} cannot be written: {e.Message}", e);
        }
    }
}
