using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary><c>gander session</c> on a real terminal, with keys.</summary>
public sealed class TerminalSessionTests(TalkStage stage) : IClassFixture<TalkStage>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_commands_and_the_history_work_and_ctrl_d_leaves()
    {
        using var talk = stage.NewTalk();
        await using (var session = talk.OnTerminal("session -n first"))
        {
            await SaysAsync(session, "/help lists commands");
            await TypeAsync(session, "one\\\rtwo\r");
            await SaysAsync(session, "Two plus two is four.");
            await TypeAsync(session, "/mode smart_approve\r/status\r");
            await SaysAsync(session, "The mode is smart_approve.");
            await SaysAsync(session, "mode       smart_approve");
            await TypeAsync(session, "\x04");
            Assert.Equal(0, await session.WaitForExitAsync(Limit, Cancel));
        }

        await using var again = talk.OnTerminal("session -r -n first --history");
        await SaysAsync(again, "resumed session");
        await SaysAsync(again, "one");
        await TypeAsync(again, "\x1b[A\x1b[A\x1b[A\r");
        await SaysAsync(again, "Two plus two is four.", times: 2);
        await TypeAsync(again, "/quit\r");
        Assert.Equal(0, await again.WaitForExitAsync(Limit, Cancel));
    }

    [Fact]
    public async Task Ctrl_c_interrupts_the_turn_with_its_tool_and_twice_at_the_prompt_leaves()
    {
        using var talk = stage.NewTalk();
        await using var session = talk.OnTerminal("session");
        await SaysAsync(session, "/help lists commands");
        await TypeAsync(session, """script:[{"tools":[{"tool":"shell","args":{"command":"echo $$ > leader; sleep 300"}}]},{"text":"never"}]""" + "\r");
        await Eventually.GetAsync(() => Task.FromResult(File.Exists(Path.Combine(talk.WorkFolder, "leader"))), there => there, Limit, "The command runs", Cancel);

        await TypeAsync(session, "\x03");

        await SaysAsync(session, "Interrupted. Say how to go on.");
        await TypeAsync(session, "scenario:text\r");
        await SaysAsync(session, "Two plus two is four.");
        await TypeAsync(session, "\x03");
        await SaysAsync(session, "Ctrl-C again leaves");
        await TypeAsync(session, "\x03");
        Assert.Equal(0, await session.WaitForExitAsync(Limit, Cancel));
    }

    [Fact]
    public async Task A_dangerous_command_is_asked_about_and_a_no_is_told_to_the_model()
    {
        using var talk = stage.NewTalk();
        Directory.CreateDirectory(Path.Combine(talk.WorkFolder, "precious"));
        await using var session = talk.OnTerminal("session");
        await SaysAsync(session, "/help lists commands");
        await TypeAsync(session, """script:[{"tools":[{"tool":"shell","args":{"command":"rm -rf precious"}}]},{"text":"all right"}]""" + "\r");
        await SaysAsync(session, "Allow it?");
        await TypeAsync(session, "n");
        await SaysAsync(session, "The user does not allow this call.");
        await SaysAsync(session, "all right");
        Assert.True(Directory.Exists(Path.Combine(talk.WorkFolder, "precious")));

        await TypeAsync(session, """script:[{"tools":[{"tool":"shell","args":{"command":"rm -rf precious"}}]},{"text":"it is gone"}]""" + "\r");
        await SaysAsync(session, "Allow it?", times: 2);
        await TypeAsync(session, "y");
        await SaysAsync(session, "it is gone", times: 2);
        Assert.False(Directory.Exists(Path.Combine(talk.WorkFolder, "precious")));
    }

    [Fact]
    public async Task What_a_model_and_a_tool_say_cannot_steer_the_terminal()
    {
        using var talk = stage.NewTalk();
        await using var session = talk.OnTerminal("session");
        await SaysAsync(session, "/help lists commands");
        await TypeAsync(session, """script:[{"text":"a\u001b]0;owned\u0007b","tools":[{"tool":"shell","args":{"command":"printf '\\033]0;stolen\\007c'"}}]},{"text":"safe \u009b31m end"}]""" + "\r");

        await SaysAsync(session, "safe \ufffd31m end");

        var said = string.Join('\n', session.Output);
        Assert.DoesNotContain("\x1b]0;", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', said);
        Assert.DoesNotContain('\u009b', said);
        Assert.Contains("a\ufffd]0;owned\ufffdb", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_it_in_order()
    {
        using var talk = stage.NewTalk();
        await using var session = talk.Start("session");
        await session.Input.WriteLineAsync("scenario:slow-tool".AsMemory(), Cancel);
        await session.Input.FlushAsync(Cancel);
        await SaysAsync(session, "sleep 2");

        await session.SignalAsync("TERM");

        Assert.Equal(130, await session.WaitForExitAsync(Limit, Cancel));
        Assert.Contains("Interrupted", session.Describe(), StringComparison.Ordinal);
    }

    private static Task SaysAsync(ChildProcess process, string text, int times = 1) =>
        process.WaitForOutputAsync(lines => lines.Count(line => line.Contains(text, StringComparison.Ordinal)) >= times, Limit, Cancel);

    private static async Task TypeAsync(ChildProcess process, string keys)
    {
        await process.Input.WriteAsync(keys.AsMemory(), Cancel);
        await process.Input.FlushAsync(Cancel);
    }
}
