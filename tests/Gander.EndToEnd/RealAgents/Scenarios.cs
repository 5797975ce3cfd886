using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>Scenarios beside those that lie with the model server.</summary>
internal static class Scenarios
{
    /// <summary>A command that says when it has begun and then takes a minute.</summary>
    public const string SlowTool = """
        {"steps": [{"calls": [{"tool": "bash", "cmd": "touch begun; sleep 60", "desc": "Wait"}]}, {"text": "Waited."}]}
        """;

    /// <summary>Waits until the command of <see cref="SlowTool"/> runs.</summary>
    public static async Task WaitForSlowToolAsync(NpmAgent agent, CancellationToken cancellationToken) =>
        await Eventually.GetAsync(
            () => Task.FromResult(File.Exists(Path.Combine(agent.WorkFolder, "begun"))),
            exists => exists,
            TimeSpan.FromSeconds(60),
            "The command",
            cancellationToken);
}
