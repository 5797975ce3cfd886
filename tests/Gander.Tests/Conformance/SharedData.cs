using System.Text.Json;

namespace Gander.Tests.Conformance;

/// <summary>
/// Finds the reference data that lies beside the repository: <c>GANDER_SHARED</c>, relative to the repository root, or
/// <c>../shared</c>. It is read where it lies. Every member that needs data skips the running test with the reason when the
/// data is absent, so that a machine without it neither fails nor pretends.
/// </summary>
public static class SharedData
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    /// <summary>The folder that holds <c>Gander.slnx</c>.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>Where the data should be; it need not exist.</summary>
    public static string Root { get; } = Path.GetFullPath(
        Environment.GetEnvironmentVariable("GANDER_SHARED") is { Length: > 0 } named ? named : Path.Combine("..", "shared"),
        RepositoryRoot);

    /// <summary>The absolute path of a file or folder of the data; skips the test when it is absent.</summary>
    public static string Require(params ReadOnlySpan<string> relativePath)
    {
        var path = Path.Combine([Root, .. relativePath]);
        Assert.SkipUnless(Path.Exists(path), $"{path} is not there; set GANDER_SHARED to the folder of reference data");
        return path;
    }

    /// <summary>The lines of a JSON-lines file with their 1-based line numbers, in file order; blank lines are left out.</summary>
    public static IReadOnlyList<SharedCase> JsonLines(params ReadOnlySpan<string> relativePath)
    {
        var path = Require(relativePath);
        var name = Path.GetFileName(path);
        return [.. File.ReadLines(path)
            .Select((text, index) => (text, line: index + 1))
            .Where(entry => !string.IsNullOrWhiteSpace(entry.text))
            .Select(entry => new SharedCase(name, entry.line, Parse(entry.text)))];
    }

    /// <summary>One JSON file as a whole.</summary>
    public static JsonElement Json(params ReadOnlySpan<string> relativePath) => Parse(File.ReadAllText(Require(relativePath)));

    /// <summary>
    /// The folders of captured scenarios, sorted by path: those under <c>fixtures/AGENT</c>, or of all agents when none is named.
    /// </summary>
    public static IReadOnlyList<FixtureScenario> Scenarios(string? agent = null)
    {
        var fixtures = Require("fixtures");
        var agents = agent is null ? Directory.EnumerateDirectories(fixtures) : [Require("fixtures", agent)];
        return [.. agents
            .SelectMany(Directory.EnumerateDirectories)
            .Where(folder => File.Exists(Path.Combine(folder, "manifest.json")))
            .Order(StringComparer.Ordinal)
            .Select(folder => new FixtureScenario(folder, Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")))))];
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text, Deep);
        return document.RootElement.Clone();
    }

    private static string FindRepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gander.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Gander.slnx above {AppContext.BaseDirectory}: tests run from a build inside the repository.");
    }
}
