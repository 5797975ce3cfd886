using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gander.Tests;

/// <summary>The rules of the repository that no compiler checks.</summary>
public sealed partial class LayoutTests
{
    private const int MaxLines = 600;

    // Spelled in halves, so that these rules do not break themselves.
    private static readonly string[] OpenEnds = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception"];
    private static readonly string[] MachineWords = ["/wo" + "rk/", "/fa" + "rm/", "registry." + "npmjs", "api." + "nuget", "deb." + "debian"];

    private static readonly Dictionary<string, string[]> AllowedReferences = new(StringComparer.Ordinal)
    {
        ["Gander"] = ["Gander.Core", "Gander.Query", "Gander.Agent", "Gander.Storage.DuckDb", "Gander.Storage.ClickHouse"],
        ["Gander.Query"] = ["Gander.Core"],
        ["Gander.Storage.DuckDb"] = ["Gander.Core"],
        ["Gander.Storage.ClickHouse"] = ["Gander.Core"],
        ["Gander.Agent"] = [],
        ["Gander.Core"] = [],
    };

    private static IEnumerable<string> SourceProjects =>
        SourceTree.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal));

    [Fact]
    public void No_file_of_code_is_longer_than_the_limit() =>
        AssertNone(
            from file in SourceTree.Code
            let lines = File.ReadLines(SourceTree.FullPath(file)).Count()
            where lines > MaxLines
            select $"{file}: {lines} lines, {MaxLines} allowed");

    [Fact]
    public void Projects_reference_each_other_in_one_direction_only() =>
        AssertNone(
            from project in SourceProjects
            let name = Path.GetFileNameWithoutExtension(project)
            from reference in References(project, "ProjectReference")
            let target = Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'))
            where !AllowedReferences.TryGetValue(name, out var allowed) || !allowed.Contains(target, StringComparer.Ordinal)
            select $"{name} must not reference {target}");

    [Fact]
    public void Core_has_no_packages() => Assert.Empty(References("src/Gander.Core/Gander.Core.csproj", "PackageReference"));

    [Fact]
    public void Packages_for_every_project_are_analyzers() =>
        Assert.All(
            XDocument.Load(SourceTree.FullPath("Directory.Build.props")).Descendants("PackageReference"),
            package => Assert.Equal("all", package.Attribute("PrivateAssets")?.Value));

    [Fact]
    public void Nothing_is_left_open_in_code() =>
        AssertNone(
            from file in SourceTree.Code
            from entry in Lines(file)
            from word in OpenEnds
            where Regex.IsMatch(entry.Text, $@"\b{word}\b")
            select $"{file}:{entry.Number}: {word}");

    [Fact]
    public void No_file_names_a_machine_or_a_registry() =>
        AssertNone(
            from file in SourceTree.Files
            where IsText(file)
            from entry in Lines(file)
            from word in MachineWords
            where entry.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
            select $"{file}:{entry.Number}: {word}");

    [Fact]
    public void Every_relative_link_in_the_documentation_resolves() =>
        AssertNone(
            from file in SourceTree.Files
            where file.EndsWith(".md", StringComparison.Ordinal)
            from link in LinkTargets().Matches(CodeBlocks().Replace(SourceTree.Read(file), "")).Select(match => match.Groups["target"].Value)
            where !link.Contains(':', StringComparison.Ordinal) && !link.StartsWith('#')
            let target = Path.GetFullPath(Path.Combine(SourceTree.FullPath(file), "..", Uri.UnescapeDataString(link.Split('#', '?')[0])))
            where !Path.Exists(target) || Path.GetRelativePath(SourceTree.FullPath("."), target).StartsWith("..", StringComparison.Ordinal)
            select $"{file}: {link}");

    [Fact]
    public void Every_option_is_documented()
    {
        var options = Assembly.Load("gander").GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite), (type, property) => (type, property))
            .ToList();
        var page = SourceTree.FullPath("docs/configuration.md");
        Assert.SkipWhen(options.Count == 0 && !File.Exists(page), "there are no options yet");

        // max-body-bytes, max_body_bytes and maxBodyBytes are the same name in a flag, a variable and the file.
        var words = OptionWords().Matches(File.ReadAllText(page))
            .Select(match => match.Value.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        AssertNone(options.Where(option => !words.Contains(option.property.Name)).Select(option => $"{option.type.Name}.{option.property.Name} is not in docs/configuration.md"));
    }

    [Fact]
    public void Statements_of_a_database_stand_in_storage_projects_only() =>
        AssertNone(
            from file in SourceTree.Code
            where file.StartsWith("src/", StringComparison.Ordinal) && !file.StartsWith("src/Gander.Storage.", StringComparison.Ordinal)
            // The agent keeps its own conversations, in a file of its own.
            where !file.StartsWith("src/Gander.Agent/Sessions/", StringComparison.Ordinal)
            from entry in Lines(file)
            where SqlStatements().IsMatch(entry.Text)
            select $"{file}:{entry.Number}: {entry.Text.Trim()}");

    private static void AssertNone(IEnumerable<string> problems) => Assert.Empty(problems);

    private static IEnumerable<(int Number, string Text)> Lines(string file) =>
        File.ReadLines(SourceTree.FullPath(file)).Select((text, index) => (index + 1, text));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(SourceTree.FullPath(project)).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);

    // As git decides it: a zero byte among the first few thousand means binary.
    private static bool IsText(string file)
    {
        using var stream = File.OpenRead(SourceTree.FullPath(file));
        Span<byte> start = stackalloc byte[8_000];
        return !start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)].Contains((byte)0);
    }

    [GeneratedRegex("""!?\[[^\]]*\]\((?<target>[^)\s]+)|(?:src|href)="(?<target>[^"]+)"|^\[[^\]]+\]:\s+(?<target>\S+)""", RegexOptions.Multiline)]
    private static partial Regex LinkTargets();

    [GeneratedRegex("(?s)```.*?```|`[^`\n]*`")]
    private static partial Regex CodeBlocks();

    [GeneratedRegex("[A-Za-z][A-Za-z0-9_-]*")]
    private static partial Regex OptionWords();

    [GeneratedRegex(@"\b(SELECT\s.*\sFROM|INSERT\s+INTO|CREATE\s+(OR\s+REPLACE\s+)?(TABLE|VIEW)|DELETE\s+FROM|ALTER\s+TABLE|DROP\s+TABLE|UPDATE\s+\w+\s+SET)\s")]
    private static partial Regex SqlStatements();
}
