using System.Globalization;
using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary>
/// The real goose and Gander's agent do the same script for the same person on the same machine: both sessions say the same of it,
/// and of that of Gander's agent nothing is missing.
/// </summary>
public sealed class SideBySideTests(GooseStage stage) : IClassFixture<GooseStage>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // goose looks for its user's name here and nowhere else.
    private Goose Goose => stage.Goose.With(("USER", Environment.UserName));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text")]
    [InlineData("tool")]
    [InlineData("tool-fail")]
    [InlineData("tools-parallel")]
    [InlineData("multi")]
    [InlineData("mixed")]
    [InlineData("cached")]
    [InlineData("reasoning")]
    [InlineData("http-401")]
    public async Task The_same_script_gives_the_same_facts(string scenario)
    {
        var prompt = $"scenario:{scenario} please";
        var theirs = await SessionAsync("goose", () => Goose.RunAsync(prompt, Cancel));
        var ours = await SessionAsync("gander", () => RunAsync(prompt));

        Assert.Equal(Facts(theirs.Session, theirs.ExitCode), Facts(ours.Session, ours.ExitCode));
        Assert.Empty(ours.Session.Items("missing"));
    }

    [Fact]
    public async Task A_conversation_gives_the_same_facts()
    {
        string[] prompts = ["scenario:text please", "scenario:tool please", "scenario:tool-fail please"];
        var theirs = await SessionAsync("goose", () => Goose.TalkAsync(prompts, Cancel));
        var ours = await SessionAsync("gander", () => TalkAsync(prompts));

        Assert.Equal(3, ours.Session.Number("turnCount"));
        Assert.Equal(Facts(theirs.Session, theirs.ExitCode), Facts(ours.Session, ours.ExitCode));
        Assert.Empty(ours.Session.Items("missing"));
    }

    // What happened, without times, ids and the name of the agent's maker.
    private static IReadOnlyList<string> Facts(JsonElement session, int exitCode)
    {
        var tokens = session.GetProperty("tokens");
        string[] kinds = ["input", "output", "cacheRead", "cacheWrite", "reasoning", "total"];
        string[] counts = ["turnCount", "modelCalls", "modelErrors", "toolCalls", "toolFailures", "toolDenials"];
        string[] texts = ["agent", "user", "host", "status", "exit", "title"];
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"),
            .. texts.Select(name => $"{name} {session.Text(name)}"),
            .. counts.Select(name => $"{name} {session.Number(name)}"),
            .. kinds.Select(kind => $"{kind} tokens {tokens.Number(kind)}"),
            $"cost {session.GetProperty("cost").GetProperty("usd").GetRawText()}",
            $"models {string.Join(", ", session.Texts("models"))}",
            $"providers {string.Join(", ", session.Texts("providers"))}",
            $"tools {string.Join(", ", session.Items("tools").Select(tool => $"{tool.Text("name")} {tool.Number("calls")} calls {tool.Number("failures")} failures").Order(StringComparer.Ordinal))}",
            .. session.Items("turns").Select(turn => $"prompt {turn.Text("prompt")}, status {turn.Text("status")}"),
            .. session.Steps().Select(step => $"{step.Text("kind")} {step.Text("name")} {step.Text("status")}"),
        ];
    }

    private async Task<(JsonElement Session, int ExitCode)> SessionAsync(string maker, Func<Task<int>> run)
    {
        var exitCode = await run();
        var session = await stage.NewSessionAsync(found => found.Text("exit") is not null && found.Text("title") is not null, Cancel);
        // Both call themselves goose; only the resource tells them apart.
        Assert.Equal(maker == "goose" ? "1.52.0" : "0.1.0", session.Text("agentVersion"));
        return (session, exitCode);
    }

    private Task<int> RunAsync(string prompt) => ExecuteAsync(["run", "-t", prompt], []);

    private Task<int> TalkAsync(IEnumerable<string> prompts) => ExecuteAsync(["session"], prompts);

    private async Task<int> ExecuteAsync(string[] arguments, IEnumerable<string> lines)
    {
        var environment = Goose.EnvironmentWithoutTelemetry;
        environment["DOTNET_NOLOGO"] = "true";
        environment["GOOSE_DISABLE_SESSION_NAMING"] = "true";
        foreach (var (name, value) in stage.Gander.GooseEnvironment)
        {
            environment[name] = value;
        }

        await using var process = GanderProcess.StartVerb(environment, stage.Goose.WorkFolder, arguments);
        foreach (var line in lines)
        {
            await process.Input.WriteLineAsync(line.AsMemory(), Cancel);
        }

        process.Input.Close();
        return await process.WaitForExitAsync(Limit, Cancel);
    }
}
