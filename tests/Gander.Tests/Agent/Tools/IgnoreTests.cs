using System.Diagnostics;
using Gander.Agent.Tools.Ignore;

namespace Gander.Tests.Agent.Tools;

/// <summary>Ignore files, by gitignore(5) and by git itself.</summary>
public sealed class IgnoreTests
{
    [Theory]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "deep/er/a.log", true)]
    [InlineData("/a.log", "a.log", true)]
    [InlineData("/a.log", "deep/a.log", false)]
    [InlineData("deep/a.log", "deep/a.log", true)]
    [InlineData("deep/a.log", "very/deep/a.log", false)]
    [InlineData("**/deep/a.log", "very/deep/a.log", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**", "a/x/y", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("folder/", "folder", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("a*c", "a/c", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[[:digit:]]x", "7x", true)]
    [InlineData("[]-]x", "]x", true)]
    [InlineData(@"\#x", "#x", true)]
    [InlineData(@"\!x", "!x", true)]
    [InlineData("x ", "x", true)]
    [InlineData(@"x\ ", "x ", true)]
    [InlineData("[x", "[x", false)]
    [InlineData("a***b", "axxb", true)]
    public void A_rule_means_what_gitignore_says(string rule, string path, bool isIgnored) =>
        Assert.Equal(isIgnored, IgnoreRule.Parse(rule)!.Matches(path, isFolder: false));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# word")]
    [InlineData("/")]
    [InlineData("!")]
    public void A_line_may_say_nothing(string line) => Assert.Null(IgnoreRule.Parse(line));

    [Fact]
    public void A_pattern_of_many_stars_does_not_take_for_ever() =>
        Assert.False(new PathPattern(string.Concat(Enumerable.Repeat("*a", 200)) + "/" + string.Concat(Enumerable.Repeat("**/*a*/", 50)) + "b")
            .Matches(string.Join('/', Enumerable.Repeat(new string('a', 500), 60))));

    [Fact]
    public async Task Random_rules_decide_as_git_decides()
    {
        var git = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "git")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(git is null, "git is not installed");
        await using var folder = new ToolFolder();
        await RunAsync(git, ["init", "-q", folder.FullPath], "");
        string[] names = ["a", "b", "ab", "a.b", "-", "]", "a b"];
        string[] parts = ["a", "b", "*b", "?", "/", "[ab]", "[!a]", "[]-]", "!", ".", @"\a", " ", "#", "-", "a*", "/**/", "*"];
        foreach (var seed in Enumerable.Range(0, 80))
        {
            var random = new Random(seed);
            var lines = Several(random, 4, () => string.Concat(Several(random, 6, () => parts[random.Next(parts.Length)])));
            var asked = Several(random, 30, () => string.Join('/', Several(random, 4, () => names[random.Next(names.Length)]))).Distinct(StringComparer.Ordinal).ToArray();
            await File.WriteAllTextAsync(folder.Combine(".gitignore"), string.Join('\n', lines) + "\n", TestContext.Current.CancellationToken);

            var answer = await RunAsync(git, ["-C", folder.FullPath, "check-ignore", "--no-index", "--stdin", "-z"], string.Join('\0', asked) + "\0");

            var expected = answer.Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var different = expected.Except(Ignored(folder, asked), StringComparer.Ordinal).Concat(Ignored(folder, asked).Except(expected, StringComparer.Ordinal));
            Assert.True(!different.Any(), $"rules {string.Join(" | ", lines)}: git and we differ about {string.Join(" | ", different)}");
        }
    }

    private static string[] Several(Random random, int most, Func<string> make) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => make())];

    // An ignored folder ignores all that is in it, whatever rules say about that.
    private static IEnumerable<string> Ignored(ToolFolder folder, string[] paths)
    {
        var scope = IgnoreScope.At(folder.FullPath);
        return paths.Where(path =>
        {
            var names = path.Split('/');
            return Enumerable.Range(1, names.Length).Any(count => scope.Ignores(folder.Combine(names.AsSpan(0, count)), isFolder: count < names.Length));
        });
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
