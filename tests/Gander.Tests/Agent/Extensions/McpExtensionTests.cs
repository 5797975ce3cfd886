using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gander.Agent.Configuration;
using Gander.Agent.Permissions;
using Gander.Tests.Conformance;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Extensions;

/// <summary>MCP servers over standard input and output.</summary>
public sealed class McpExtensionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tools_have_the_name_of_their_extension_before_their_own()
    {
        await using var stage = await McpStage.StartAsync();

        Assert.Empty(stage.Tools.Problems);
        Assert.Equal(["s__die", "s__empty", "s__grow", "s__hang", "s__meta", "s__picture", "s__variables"], stage.Tools.All.Select(tool => tool.Name));
        Assert.True(ToolNature.IsReadOnly(stage.Tools.All.Single(tool => tool.Name == "s__meta")));
        Assert.False(ToolNature.IsReadOnly(stage.Tools.All.Single(tool => tool.Name == "s__die")));
    }

    [Fact]
    public async Task Only_the_tools_that_are_listed_are_there()
    {
        await using var stage = await McpStage.StartAsync(settings => settings with { AvailableTools = ["meta", "absent"] });

        Assert.Equal(["s__meta"], stage.Tools.All.Select(tool => tool.Name));
    }

    [Fact]
    public async Task A_call_carries_the_trace_and_what_it_belongs_to()
    {
        await using var stage = await McpStage.StartAsync();
        using var activity = new Activity("dispatch_tool_call").SetIdFormat(ActivityIdFormat.W3C).Start();

        var meta = JsonElement.Parse((await stage.CallAsync("s__meta", Cancel)).Text);

        Assert.StartsWith($"00-{activity.TraceId}-", meta.GetProperty("traceparent").GetString(), StringComparison.Ordinal);
        Assert.Equal("20261122_1", meta.GetProperty("agent-session-id").GetString());
        Assert.Equal(stage.Folder, meta.GetProperty("agent-working-dir").GetString());
        Assert.Equal("call_7", meta.GetProperty("agent-tool-call-request-id").GetString());
        Assert.True(meta.TryGetProperty("progressToken", out _));
    }

    [Fact]
    public async Task A_server_gets_its_variables_and_not_the_keys_of_the_agent()
    {
        Environment.SetEnvironmentVariable("OPENAI_API_KEY", "secret");
        await using var stage = await McpStage.StartAsync(settings => settings with { Environment = new Dictionary<string, string> { ["GIVEN"] = "yes" } });

        Assert.StartsWith("GIVEN=yes OPENAI_API_KEY=unset PATH=set", (await stage.CallAsync("s__variables", Cancel)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_links_and_structured_answers_are_kept()
    {
        await using var stage = await McpStage.StartAsync();

        var result = await stage.CallAsync("s__picture", Cancel);

        Assert.Equal("look\n[x](file:///x)", result.Text);
        Assert.Equal([1, 2, 3], result.Content.OfType<DataContent>().Single().Data.ToArray());
        Assert.Equal("""{"a":1}""", JsonSerializer.Serialize(result.StructuredContent));
        Assert.Equal("(no output)", (await stage.CallAsync("s__empty", Cancel)).Text);
    }

    [Fact]
    public async Task A_server_that_dies_is_an_error_and_comes_back_with_the_next_call()
    {
        await using var stage = await McpStage.StartAsync();

        var death = await stage.CallAsync("s__die", Cancel);
        var next = await stage.CallAsync("s__variables", Cancel);

        Assert.True(death.IsError);
        Assert.Equal("tool_execution_error", death.ErrorType);
        Assert.Contains("I am gone", death.Text, StringComparison.Ordinal);
        Assert.False(next.IsError, next.Text);
    }

    [Fact]
    public async Task A_server_that_hangs_is_an_error_when_its_time_is_over()
    {
        await using var stage = await McpStage.StartAsync(settings => settings with { Timeout = TimeSpan.FromSeconds(1) });

        var result = await stage.CallAsync("s__hang", Cancel);

        Assert.True(result.IsError);
        Assert.Equal("The extension s did not answer within 1 s, so the call was given up.", result.Text);
        Assert.False((await stage.CallAsync("s__empty", Cancel)).IsError);
    }

    [Fact]
    public async Task An_interrupt_ends_a_call()
    {
        await using var stage = await McpStage.StartAsync();
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.CallAsync("s__hang", interrupt.Token));
    }

    [Fact]
    public async Task New_tools_are_there_when_the_server_says_so()
    {
        await using var stage = await McpStage.StartAsync();
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stage.Tools.Changed += () => changed.TrySetResult();

        await stage.CallAsync("s__grow", Cancel);
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        Assert.Contains("s__grown", stage.Tools.All.Select(tool => tool.Name));
    }

    [Fact]
    public async Task A_server_ends_with_the_agent()
    {
        var stage = await McpStage.StartAsync();
        var id = int.Parse((await stage.CallAsync("s__variables", Cancel)).Text.Split("pid=")[1], CultureInfo.InvariantCulture);

        await stage.DisposeAsync();

        Assert.False(Directory.Exists($"/proc/{id}") && !(await File.ReadAllTextAsync($"/proc/{id}/stat", Cancel)).Contains(") Z ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_does_not_start_is_a_problem_with_its_reason()
    {
        await using var broken = await McpStage.StartAsync(settings => settings with { Arguments = [.. settings.Arguments, "broken"] });
        await using var silent = await McpStage.StartAsync(settings => settings with { Arguments = [.. settings.Arguments, "silent"] }, options => options.ExtensionStartSeconds = 1);
        await using var absent = await McpStage.StartAsync(settings => settings with { Command = "no-such-program-at-all" });

        Assert.Contains("no database", Assert.Single(broken.Tools.Problems).Reason, StringComparison.Ordinal);
        Assert.Contains("within 1 s", Assert.Single(silent.Tools.Problems).Reason, StringComparison.Ordinal);
        Assert.Contains("no-such-program-at-all", Assert.Single(absent.Tools.Problems).Reason, StringComparison.Ordinal);
        Assert.Empty(broken.Tools.All);
    }

    [Fact]
    public async Task Somebody_elses_server_answers_fails_and_fails_in_the_protocol()
    {
        var server = SharedData.Require(["tools", "kv-mcp", "kv-server.mjs"]);
        await using var stage = await McpStage.StartAsync(make: (node, _) => new ExtensionSettings("kv", ExtensionKind.Stdio) { Command = node, Arguments = [server] });

        var found = await stage.CallAsync("kv__lookup", Cancel, ("key", "alpha"));
        var missing = await stage.CallAsync("kv__lookup", Cancel, ("key", "x"));
        var crash = await stage.CallAsync("kv__lookup", Cancel, ("key", "crash"));

        Assert.Equal(("one", false), (found.Text, found.IsError));
        Assert.Equal(("no such key", true, null), (missing.Text, missing.IsError, missing.ErrorType));
        Assert.True(crash.IsError);
        Assert.Contains("store is down", crash.Text, StringComparison.Ordinal);
        Assert.Equal("tool_execution_error", crash.ErrorType);
        Assert.Equal("one", (await stage.CallAsync("kv__lookup", Cancel, ("key", "alpha"))).Text);
    }
}
