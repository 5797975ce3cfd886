using System.Text.Json;
using Gander.EndToEnd.Harness;
using Gander.Tests.Conformance;

namespace Gander.EndToEnd.Agent;

/// <summary><c>gander session</c> and <c>gander run</c> on pipes, and what is kept of them.</summary>
public sealed class PipedSessionTests(TalkStage stage) : IClassFixture<TalkStage>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_line_is_a_prompt_and_the_end_of_the_input_is_the_end()
    {
        using var talk = stage.NewTalk();

        var (code, output) = await talk.RunAsync(["session", "-n", "piped"], ["hello", "", "scenario:multi do it"], Cancel);

        Assert.Equal(0, code);
        Assert.Contains("Two plus two is four.", output, StringComparison.Ordinal);
        Assert.Contains("All four steps are done", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', output);
        Assert.Equal("alpha\ngamma\n", await File.ReadAllTextAsync(Path.Combine(talk.WorkFolder, "notes.txt"), Cancel));
    }

    [Fact]
    public async Task A_stored_session_is_listed_exported_and_removed()
    {
        using var talk = stage.NewTalk();
        await talk.RunAsync(["session", "-n", "kept"], ["scenario:tool"], Cancel);

        var list = await talk.RunAsync(["session", "list"], [], Cancel);
        var json = await talk.RunAsync(["session", "export", "kept", "--format", "json", "-o", "out.json"], [], Cancel);
        var markdown = await talk.RunAsync(["session", "export", "-n", "kept"], [], Cancel);
        var removed = await talk.RunAsync(["session", "remove", "kept"], [], Cancel);
        var missing = await talk.RunAsync(["session", "export", "kept"], [], Cancel);

        Assert.Contains("kept", list.Output, StringComparison.Ordinal);
        Assert.Equal(0, json.ExitCode);
        var exported = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(talk.WorkFolder, "out.json"), Cancel));
        Assert.Equal(["text", "text", "toolRequest", "toolResponse", "text"],
            exported.GetProperty("conversation").EnumerateArray().SelectMany(message => message.GetProperty("content").EnumerateArray()).Select(part => part.GetProperty("type").GetString()));
        Assert.Contains("### Tool shell", markdown.Output, StringComparison.Ordinal);
        Assert.Equal((0, 2), (removed.ExitCode, missing.ExitCode));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_an_approval_ends_it_with_a_failure()
    {
        using var talk = stage.NewTalk().With("GOOSE_MODE", "approve");

        var session = await talk.RunAsync(["session"], ["scenario:tool", "hello"], Cancel);
        var run = await talk.RunAsync(["run", "-t", "scenario:tool"], [], Cancel);

        Assert.Equal((1, 1), (session.ExitCode, run.ExitCode));
        Assert.Contains("needs an approval, and there is nobody to ask", session.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Two plus two", session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tool":"shell","args":{"command":"rm -rf /"}}""")]
    [InlineData("""{"tool":"write","args":{"path":"../outside.txt","content":"x"}}""")]
    [InlineData("""{"tool":"read","args":{"path":"/etc/passwd"}}""")]
    public async Task Dangers_are_asked_about_in_the_mode_auto_too(string call)
    {
        using var talk = stage.NewTalk();

        var (code, output) = await talk.RunAsync(["run", "-t", $$"""script:[{"tools":[{{call}}]},{"text":"done"}]"""], [], Cancel);

        Assert.Equal(1, code);
        Assert.Contains("needs an approval", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_uses_the_tools_of_extensions_and_goes_on_without_one_that_does_not_start()
    {
        using var talk = stage.NewTalk();
        var server = SharedData.Require("tools", "kv-mcp", "kv-server.mjs");

        var (code, output) = await talk.RunAsync(["run", "--with-extension", $"kv:node {server}", "--with-extension", "gone:no-such-program", "-t", "scenario:mcp"], [], Cancel);

        Assert.Equal(0, code);
        Assert.Contains("✓ kv__lookup", output, StringComparison.Ordinal);
        Assert.Contains("✗ kv__lookup", output, StringComparison.Ordinal);
        Assert.Contains("One key was found, one was not.", output, StringComparison.Ordinal);
        Assert.Contains("warning: the extension gone is not there.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_reads_extensions_as_goose_keeps_them()
    {
        using var talk = stage.NewTalk();
        var folder = Path.Combine(talk.WorkFolder, "..", ".config", "goose");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "config.yaml"),
            $$"""
            extensions:
              kv: { type: stdio, enabled: true, name: kv, cmd: {{Prerequisite.Node()}}, args: ['{{SharedData.Require("tools", "kv-mcp", "kv-server.mjs")}}'], envs: {}, timeout: 20 }
              memory: { type: builtin, enabled: true, name: memory }
            """,
            Cancel);

        var with = await talk.RunAsync(["run", "-t", "scenario:mcp"], [], Cancel);
        var without = await talk.RunAsync(["run", "--no-profile", "--with-builtin", "developer", "-t", "scenario:mcp"], [], Cancel);

        Assert.Contains("✓ kv__lookup", with.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("memory", with.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("✓ kv__lookup", without.Output, StringComparison.Ordinal);
    }
}
