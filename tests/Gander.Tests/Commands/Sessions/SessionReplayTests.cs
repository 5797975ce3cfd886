using System.Text.Json;
using Gander.Api.Sessions;
using Gander.Commands.Sessions;
using Gander.Sessions;
using Gander.Tests.Web;
using Spectre.Console;

namespace Gander.Tests.Commands.Sessions;

public sealed class SessionReplayTests
{
    private static readonly Dictionary<string, string> NoColour = new(StringComparer.Ordinal) { ["NO_COLOR"] = "1" };

    [Fact]
    public async Task A_session_is_told_turn_by_turn()
    {
        var text = await ReplayAsync(SampleSessions.Rich(Some.Instant("2026-03-10T12:00Z")), NoColour);

        Assert.Contains("Fix the flaky retry test.  interrupted", text, StringComparison.Ordinal);
        Assert.Contains("6 model calls (1 failed)", text, StringComparison.Ordinal);
        Assert.Contains("6 tool calls (1 failed) (not all outcomes are known)", text, StringComparison.Ordinal);
        Assert.Contains("  12:00:00 ◆ gpt-4o  ≈ 3.1 s  first byte 775 ms  12.8k → 213 tok", text, StringComparison.Ordinal);
        Assert.Contains("▸ github__create_issue  ≈ 900 ms  outcome unknown", text, StringComparison.Ordinal);
        Assert.Contains("gander session goose~child", text, StringComparison.Ordinal);
        Assert.Contains("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public async Task Text_of_telemetry_neither_steers_the_terminal_nor_is_markup()
    {
        var text = await ReplayAsync(SampleSessions.Of("\u001b[2J\u009b31m[red]x[/]\a\u202e", Some.Instant("2026-03-10T12:00Z"), prompt: "one\n\u001b]0;title\atwo"), NoColour);

        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u009b', text);
        Assert.DoesNotContain('\a', text);
        Assert.Contains("[red]x[/]", text, StringComparison.Ordinal);
        Assert.Contains("you      one\n           \ufffd]0;title\ufffdtwo", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colours_are_used_unless_they_are_not_wanted()
    {
        var coloured = await ReplayAsync(SampleSessions.Rich(Some.Instant("2026-03-10T12:00Z")), new Dictionary<string, string>(StringComparer.Ordinal));

        Assert.Contains("\u001b[", coloured, StringComparison.Ordinal);
    }

    private static async Task<string> ReplayAsync(Session session, IReadOnlyDictionary<string, string> environment)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        screen.Profile.Width = 200;
        using var text = new StringWriter();
        using var json = JsonDocument.Parse(await JsonAsync(session));

        new SessionReplay(Pager.Paper(screen, text, environment)).Show(json.RootElement);

        return text.ToString();
    }

    private static async Task<byte[]> JsonAsync(Session session)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await using (var answer = new Gander.Api.JsonAnswer(context.Response, TestContext.Current.CancellationToken))
        {
            await SessionJson.WriteAsync(answer, session);
        }

        return body.ToArray();
    }
}
