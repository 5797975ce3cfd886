namespace Gander.Tests.Agent.Tools;

/// <summary>The tools <c>tree</c> and <c>search</c> on real folders.</summary>
public sealed class TreeAndSearchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tree_shows_folders_in_order_down_to_a_depth()
    {
        await using var folder = new ToolFolder().With(("b/c/d.txt", ""), ("a.txt", ""), ("b/z.txt", ""), (".git/config", ""));

        Assert.Equal("a.txt\nb/\n  c/\n    d.txt\n  z.txt", await folder.AnswerAsync("tree", new { }, Cancel));
        Assert.Equal("a.txt\nb/", await folder.AnswerAsync("tree", new { depth = 1 }, Cancel));
        Assert.Equal("c/\nz.txt", await folder.AnswerAsync("tree", new { path = "b", depth = 1 }, Cancel));
    }

    [Fact]
    public async Task Tree_says_where_it_was_cut()
    {
        await using var folder = new ToolFolder(options => options.MaxFiles = 10).With([.. Enumerable.Range(10, 20).Select(i => ($"f{i}", ""))]);

        Assert.EndsWith("f19\n[... cut here: 10 entries is the limit. Name a folder below, or a smaller depth]", await folder.AnswerAsync("tree", new { }, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tree_does_not_walk_in_circles()
    {
        await using var folder = new ToolFolder().With(("a/f", ""));
        Directory.CreateSymbolicLink(folder.Combine("a/loop"), folder.FullPath);

        Assert.Equal("a/\n  f\n  loop", await folder.AnswerAsync("tree", new { depth = 20 }, Cancel));
    }

    [Fact]
    public async Task Search_answers_lines_with_their_numbers()
    {
        await using var folder = new ToolFolder().With(("a.cs", "one\nTwo 2\nthree\n"), ("sub/b.cs", "two\n"), ("c.txt", "two\n"));

        Assert.Equal("a.cs\n2:Two 2\n\nc.txt\n1:two\n\nsub/b.cs\n1:two", await folder.AnswerAsync("search", new { pattern = "^two", ignore_case = true }, Cancel));
        Assert.Equal("sub/b.cs\n1:two", await folder.AnswerAsync("search", new { pattern = "two", glob = "*.cs" }, Cancel));
        Assert.Equal("a.cs\n1-one\n2:Two 2\n3-three", await folder.AnswerAsync("search", new { pattern = @"\d", path = "a.cs", context = 1 }, Cancel));
        Assert.Equal("(nothing found)", await folder.AnswerAsync("search", new { pattern = "four" }, Cancel));
    }

    [Fact]
    public async Task Search_joins_matches_that_are_close_and_parts_those_that_are_not()
    {
        await using var folder = new ToolFolder().With(("f", "x\na\nx\nb\nc\nd\nx\n"));

        Assert.Equal("f\n1:x\n2-a\n3:x\n4-b\n--\n6-d\n7:x", await folder.AnswerAsync("search", new { pattern = "x", context = 1 }, Cancel));
    }

    [Fact]
    public async Task Search_finds_files_by_their_names()
    {
        await using var folder = new ToolFolder().With(("src/a.ts", ""), ("src/deep/b.tsx", ""), ("src/c.js", ""), ("d.ts", ""));

        Assert.Equal("src/a.ts\nsrc/deep/b.tsx", await folder.AnswerAsync("search", new { glob = "src/**/*.{ts,tsx}" }, Cancel));
        Assert.Equal("d.ts\nsrc/a.ts", await folder.AnswerAsync("search", new { glob = "*.ts" }, Cancel));
    }

    [Fact]
    public async Task Search_leaves_out_what_is_ignored_and_what_is_binary()
    {
        await using var folder = new ToolFolder().With(
            (".gitignore", "*.log\nbuild/\n!keep.log\n"), ("a.log", "x"), ("keep.log", "x"), ("build/o", "x"), ("sub/.ignore", "secret*\n!secret.md\n"),
            ("sub/secret.txt", "x"), ("sub/secret.md", "x"), ("sub/b.log", "x"), ("binary", "x\0"));

        Assert.Equal("keep.log\n1:x\n\nsub/secret.md\n1:x", await folder.AnswerAsync("search", new { pattern = "^x$" }, Cancel));
    }

    [Fact]
    public async Task Search_below_a_repository_minds_the_rules_above()
    {
        await using var folder = new ToolFolder().With((".git/info/exclude", "private\n"), (".gitignore", "/sub/gone\n"), ("sub/gone", "x"), ("sub/private", "x"), ("sub/here", "x"));

        Assert.Equal("sub/here\n1:x", await folder.AnswerAsync("search", new { pattern = "x", path = "sub" }, Cancel));
    }

    [Fact]
    public async Task Search_stops_at_its_limits_and_says_so()
    {
        await using var folder = new ToolFolder(options => options.MaxMatches = 3).With(("f", "x\nx\nx\nx\nx\n"));

        Assert.Equal("f\n1:x\n2:x\n3:x\n[... cut here after 3 matches: make the pattern or the path narrower]", await folder.AnswerAsync("search", new { pattern = "x" }, Cancel));
    }

    [Fact]
    public async Task No_pattern_takes_for_ever()
    {
        await using var folder = new ToolFolder().With(("f", new string('a', 1_500)));

        Assert.Equal("(nothing found)", await folder.AnswerAsync("search", new { pattern = "^(a+)+$b" }, Cancel));
        Assert.Contains("takes too long", await folder.RefusalAsync("search", new { pattern = @"^(a+)+(?!a)b\1" }, Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pattern": "("}""", "no regular expression")]
    [InlineData("""{}""", "\"pattern\" or a \"glob\" is needed")]
    [InlineData("""{"pattern": "x", "path": "absent"}""", "does not exist")]
    [InlineData("""{"pattern": "x", "context": 99}""", "from 0 to 20")]
    [InlineData("""{"glob": "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"}""", "more than 256 alternatives")]
    public async Task Wrong_questions_are_refused(string arguments, string complaint)
    {
        await using var folder = new ToolFolder();

        Assert.Contains(complaint, await folder.RefusalAsync("search", System.Text.Json.JsonElement.Parse(arguments), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_looks_like_a_pattern_can_be_found()
    {
        await using var folder = new ToolFolder().With(("f", "call(x)\n"));

        Assert.Equal("f\n1:call(x)", await folder.AnswerAsync("search", new { pattern = "call(", text = true }, Cancel));
    }
}
