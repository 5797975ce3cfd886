using System.Text.Json;

namespace Gander.Hosting;

/// <summary>
/// The file in the data folder by which commands find the server that runs there: its address and a key. Only the folder's
/// owner can read it, and it is gone when the server is.
/// </summary>
/// <param name="Pages">Where pages and APIs are.</param>
/// <param name="OtlpHttp">Where OTLP over HTTP is.</param>
/// <param name="Key">Admits to everything, until the server stops.</param>
public sealed record ServerFile(Uri Pages, Uri OtlpHttp, string Key)
{
    private const string FileName = "server.json";

    /// <summary>The server that runs on this folder, or null when none does.</summary>
    public static ServerFile? Find(string dataPath)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(dataPath, FileName));
            var found = JsonSerializer.Deserialize<ServerFile>(stream, JsonSerializerOptions.Web);
            // A server that was killed leaves its file behind, but not its lock.
            return DataFolder.IsHeld(dataPath) ? found : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file.</summary>
    internal void Write(string dataPath)
    {
        var path = Path.Combine(dataPath, FileName);
        File.Delete(path);
        using var stream = new FileStream(path, OwnerFile.Create());
        JsonSerializer.Serialize(stream, this, JsonSerializerOptions.Web);
    }

    /// <summary>Removes the file.</summary>
    internal static void Delete(string dataPath) => File.Delete(Path.Combine(dataPath, FileName));
}
