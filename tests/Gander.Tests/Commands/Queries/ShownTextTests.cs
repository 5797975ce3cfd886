using Gander.Commands.Queries;

namespace Gander.Tests.Commands.Queries;

public sealed class ShownTextTests
{
    [Fact]
    public void Notes_of_a_server_cannot_steer_the_terminal()
    {
        using var console = new StringWriter();
        var screen = Spectre.Console.AnsiConsole.Create(new Spectre.Console.AnsiConsoleSettings { Out = new Spectre.Console.AnsiConsoleOutput(console), Ansi = Spectre.Console.AnsiSupport.No });
        using var answer = System.Text.Json.JsonDocument.Parse("""{"warnings":["metric \u001b[2Jx\u009b1A"]}""");

        QueryRun.TellNotes(screen, answer.RootElement);

        Assert.Equal("metric \ufffd[2Jx\ufffd1A", console.ToString().Trim());
    }
}
