using System.Diagnostics;
using System.Globalization;

namespace Gander.Tests.Agent.Tools;

/// <summary>The tool <c>shell</c> with real commands.</summary>
public sealed class ShellToolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_and_exit_code_come_as_text_and_structured()
    {
        await using var folder = new ToolFolder();

        var result = await folder.CallAsync("shell", new { command = "echo out; echo err >&2" }, Cancel);

        Assert.False(result.IsError);
        Assert.Equal("out\nerr", result.Text);
        Assert.Equal("""{"stdout":"out","stderr":"err","exit_code":0}""", result.StructuredContent!.Value.GetRawText());
    }

    [Fact]
    public async Task An_exit_code_that_is_not_zero_is_an_error()
    {
        await using var folder = new ToolFolder();

        var result = await folder.CallAsync("shell", new { command = "cat no-such-file; exit 3" }, Cancel);

        Assert.True(result.IsError);
        Assert.EndsWith("No such file or directory\n\nCommand exited with code 3", result.Text, StringComparison.Ordinal);
        Assert.Equal(3, result.StructuredContent!.Value.GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task It_runs_in_the_working_directory_and_has_no_input()
    {
        await using var folder = new ToolFolder();

        Assert.Equal(folder.FullPath + "\n(empty)", await folder.AnswerAsync("shell", new { command = "pwd -P; read line || echo '(empty)'" }, Cancel));
    }

    [Fact]
    public async Task A_command_has_no_terminal_to_ask_on()
    {
        await using var folder = new ToolFolder();

        Assert.Equal("none", await folder.AnswerAsync("shell", new { command = "(: < /dev/tty) 2>/dev/null && echo one || echo none" }, Cancel));
    }

    [Fact]
    public async Task A_long_output_keeps_both_ends_and_says_what_is_left_out()
    {
        await using var folder = new ToolFolder(options => options.MaxShellOutputBytes = 1_024);

        var text = await folder.AnswerAsync("shell", new { command = "seq 1 100000" }, Cancel);

        Assert.StartsWith("1\n2\n3\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n99999\n100000", text, StringComparison.Ordinal);
        Assert.Matches(@"\n\[\.\.\. [\d,]+ bytes in [\d,]+ lines left out \.\.\.\]\n", text);
        Assert.InRange(text.Length, 900, 1_200);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended_with_all_it_started()
    {
        await using var folder = new ToolFolder();

        var result = await folder.CallAsync("shell", new { command = "echo begun; sleep 300 & echo $! > child; wait", timeout_secs = 1 }, Cancel);

        Assert.True(result.IsError);
        Assert.Equal("begun\n\nCommand ended after 1 s, because its time was over", result.Text);
        Assert.True(result.StructuredContent!.Value.GetProperty("timed_out").GetBoolean());
        Assert.False(IsRunning(folder.Text("child")));
    }

    [Fact]
    public async Task What_left_for_a_session_of_its_own_is_ended_too()
    {
        await using var folder = new ToolFolder();

        await folder.RefusalAsync("shell", new { command = "setsid sleep 300 & echo $! > child; wait", timeout_secs = 1 }, Cancel);

        Assert.False(IsRunning(folder.Text("child")));
    }

    [Fact]
    public async Task The_most_a_model_may_ask_for_is_limited()
    {
        await using var folder = new ToolFolder(options => options.MaxShellTimeoutSeconds = 1);

        Assert.Contains("ended after 1 s", await folder.RefusalAsync("shell", new { command = "sleep 300", timeout_secs = 9_000 }, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_ends_what_ignores_it_politely_asked()
    {
        await using var folder = new ToolFolder();
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var call = folder.CallAsync("shell", new { command = "trap '' TERM; echo $$ > leader; while true; do sleep 0.1; done" }, interrupt.Token);
        await UntilAsync(() => File.Exists(folder.Combine("leader")) && folder.Text("leader").EndsWith('\n'));
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.False(IsRunning(folder.Text("leader")));
    }

    [Fact]
    public async Task What_runs_in_the_background_is_not_waited_for_and_ends_with_the_tools()
    {
        var folder = new ToolFolder();

        var text = await folder.AnswerAsync("shell", new { command = "sleep 300 & echo $! | tee child" }, Cancel);
        var child = folder.Text("child");

        Assert.Contains("left processes running in the background", text, StringComparison.Ordinal);
        Assert.True(IsRunning(child));
        await folder.DisposeAsync();
        Assert.False(IsRunning(child));
    }

    [Fact]
    public async Task What_runs_in_the_background_and_never_falls_silent_is_not_waited_for()
    {
        await using var folder = new ToolFolder();

        var text = await folder.AnswerAsync("shell", new { command = "(while :; do echo x; sleep 0.05; done) &" }, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Contains("left processes running in the background", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_joins_the_trace_it_runs_in()
    {
        await using var folder = new ToolFolder();
        using var activity = new Activity("tool").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Equal(activity.Id, await folder.AnswerAsync("shell", new { command = "echo $TRACEPARENT" }, Cancel));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_do_no_harm()
    {
        await using var folder = new ToolFolder(options => options.MaxShellOutputBytes = 4_096);

        var result = await folder.CallAsync("shell", new { command = "head -c 100000 /dev/urandom" }, Cancel);

        Assert.False(result.IsError);
        Assert.InRange(result.Text.Length, 1_000, 5_000);
    }

    [Theory]
    [InlineData("""{}""", "\"command\" is missing")]
    [InlineData("""{"command": 5}""", "\"command\" has to be a string")]
    [InlineData("""{"command": "ls", "timeout_secs": "soon"}""", "\"timeout_secs\" has to be a whole number")]
    [InlineData("""{"command": "ls", "timeout_secs": 0}""", "from 1 to")]
    [InlineData("""{"command": "l\u0000s"}""", "zero character")]
    public async Task Arguments_of_the_wrong_kind_are_named(string arguments, string complaint)
    {
        await using var folder = new ToolFolder();

        Assert.Contains(complaint, await folder.RefusalAsync("shell", System.Text.Json.JsonElement.Parse(arguments), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_in_strings_are_taken_as_small_models_send_them()
    {
        await using var folder = new ToolFolder();

        Assert.Equal("ok", await folder.AnswerAsync("shell", new { command = "echo ok", timeout_secs = "20" }, Cancel));
    }

    private static bool IsRunning(string id)
    {
        var stat = $"/proc/{int.Parse(id, CultureInfo.InvariantCulture)}/stat";
        try
        {
            // A zombie has ended; somebody has yet to be told.
            return !File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 500 && !isSo(); i++)
        {
            await Task.Delay(20, Cancel);
        }

        Assert.True(isSo());
    }
}
