using System.Globalization;
using System.Text.RegularExpressions;
using Gander.Agent.Configuration;
using Gander.Agent.Extensions;
using Gander.Agent.Loop;
using Gander.Agent.Tools;
using Gander.EndToEnd.Harness;
using Microsoft.Extensions.AI;

namespace Gander.EndToEnd.Agent;

/// <summary>MCP servers that others wrote, as they come from npm.</summary>
public sealed partial class McpServersTests(TalkStage stage) : IClassFixture<TalkStage>, IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_filesystem_server_reads_and_writes_in_its_folder_alone()
    {
        await File.WriteAllTextAsync(_folder.Combine("a.txt"), "alpha\n", Cancel);
        await using var tools = await StartAsync(new ExtensionChoice([$"files:'{Prerequisite.Node()}' '{Prerequisite.McpServer("server-filesystem")}' '{_folder.FullPath}'"], [], [], HasNoProfile: true));

        var read = await CallAsync(tools, "files__read_text_file", ("path", _folder.Combine("a.txt")));
        var written = await CallAsync(tools, "files__write_file", ("path", _folder.Combine("b.txt")), ("content", "beta"));
        var outside = await CallAsync(tools, "files__read_text_file", ("path", "/etc/hostname"));

        Assert.Equal(("alpha\n", false), (read.Text, read.IsError));
        Assert.False(written.IsError, written.Text);
        Assert.Equal("beta", await File.ReadAllTextAsync(_folder.Combine("b.txt"), Cancel));
        Assert.True(outside.IsError);
    }

    [Fact]
    public async Task The_server_with_everything_works_over_standard_input_and_output()
    {
        await using var tools = await StartAsync(new ExtensionChoice([$"all:'{Prerequisite.Node()}' '{Prerequisite.McpServer("server-everything")}' stdio"], [], [], HasNoProfile: true));

        await UsesEverythingAsync(tools, "all");
    }

    [Fact]
    public async Task The_server_with_everything_works_over_streamable_http()
    {
        var port = ServerPorts.Reserve().Http;
        await using var server = await ListenAsync(port);
        await using var tools = await StartAsync(new ExtensionChoice([], [$"http://127.0.0.1:{port}/mcp"], [], HasNoProfile: true));

        await UsesEverythingAsync(tools, $"127_0_0_1_{port}");
        await server.KillAsync();

        var gone = await CallAsync(tools, $"127_0_0_1_{port}__echo", ("message", "x"));
        Assert.True(gone.IsError);
        Assert.Contains("could not be called", gone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_works_with_both_at_once()
    {
        using var talk = stage.NewTalk();
        var port = ServerPorts.Reserve().Http;
        await using var server = await ListenAsync(port);
        await File.WriteAllTextAsync(_folder.Combine("notes.txt"), "remember the milk", Cancel);
        var task = $$$"""
            script:[{"tools":[{"tool":"read_text_file","args":{"path":"{{{_folder.Combine("notes.txt")}}}"}},{"tool":"get-sum","args":{"a":2,"b":40}}]},{"text":"both answered"}]
            """;

        var (code, output) = await talk.RunAsync(
            [
                "run", "--with-extension", $"files:'{Prerequisite.Node()}' '{Prerequisite.McpServer("server-filesystem")}' '{_folder.FullPath}'",
                "--with-streamable-http-extension", $"http://127.0.0.1:{port}/mcp", "-t", task.Trim(),
            ],
            [],
            Cancel);

        Assert.Equal(0, code);
        Assert.Contains("remember the milk", output, StringComparison.Ordinal);
        Assert.Contains("42", output, StringComparison.Ordinal);
        Assert.Contains("✓ files__read_text_file", output, StringComparison.Ordinal);
        Assert.Contains($"✓ 127_0_0_1_{port}__get-sum", output, StringComparison.Ordinal);
        Assert.Contains("both answered", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ChildProcess> ListenAsync(int port)
    {
        var server = ChildProcess.Start(
            Prerequisite.Node(),
            [Prerequisite.McpServer("server-everything"), "streamableHttp"],
            new Dictionary<string, string> { ["PORT"] = port.ToString(CultureInfo.InvariantCulture), ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" },
            _folder.FullPath);
        await Eventually.GetAsync(() => Task.FromResult(server.Describe()), said => Listening().IsMatch(said), TimeSpan.FromSeconds(30), "The server listens", Cancel);
        return server;
    }

    private static async Task UsesEverythingAsync(AgentTools tools, string name)
    {
        var echo = await CallAsync(tools, $"{name}__echo", ("message", "Grüße 🦆"));
        var sum = await CallAsync(tools, $"{name}__get-sum", ("a", 2), ("b", 40));
        var picture = await CallAsync(tools, $"{name}__get-tiny-image");
        var slow = await CallAsync(tools, $"{name}__trigger-long-running-operation", ("duration", 1), ("steps", 4));
        var wrong = await CallAsync(tools, $"{name}__get-sum", ("a", "no number"));

        Assert.Equal("Echo: Grüße 🦆", echo.Text);
        Assert.Contains("42", sum.Text, StringComparison.Ordinal);
        Assert.Contains(picture.Content, part => part is DataContent { MediaType: "image/png" });
        Assert.Contains("completed", slow.Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(wrong.IsError);
    }

    private async Task<AgentTools> StartAsync(ExtensionChoice choice)
    {
        var configuration = AgentConfiguration.Load(new Dictionary<string, string> { ["HOME"] = _folder.FullPath });
        var tools = new AgentTools(choice.Resolve(configuration), new WorkFolder(_folder.FullPath), new ToolOptions(), new ExtensionOptions());
        await tools.StartAsync(Cancel);
        Assert.Empty(tools.Problems);
        return tools;
    }

    private static async Task<ToolResult> CallAsync(AgentTools tools, string name, params (string Name, object? Value)[] arguments) =>
        (ToolResult)(await tools.All.OfType<AIFunction>().Single(tool => tool.Name == name)
            .InvokeAsync(new AIFunctionArguments(arguments.ToDictionary(argument => argument.Name, argument => argument.Value)), Cancel))!;

    [GeneratedRegex("listening on port", RegexOptions.IgnoreCase)]
    private static partial Regex Listening();
}
