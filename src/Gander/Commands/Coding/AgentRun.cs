using System.Diagnostics;
using Gander.Agent.Loop;

namespace Gander.Commands.Coding;

/// <summary>One task from its beginning to the exit code.</summary>
internal static class AgentRun
{
    public static async Task<int> RunAsync(AgentRequest request, RunSettings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var host = AgentHost.Open(request, terminal);
        var output = Output(host, request, settings, terminal);
        output.Begin(host);
        var statistics = new RunStatistics();
        TurnOutcome? outcome = null;
        await foreach (var happened in host.Session.SendAsync(settings.Task, cancellationToken))
        {
            output.Show(happened);
            statistics.Add(happened);
            outcome = (happened as AgentEvent.TurnEnded)?.Outcome ?? outcome;
        }

        output.End(host, outcome ?? throw new UnreachableException("a turn ends with its end"), statistics);
        if (settings.ShowsStatistics)
        {
            statistics.Print(terminal.Error, outcome);
        }

        return outcome.Status switch
        {
            TurnStatus.Completed or TurnStatus.StepLimit => ExitCode.Ok,
            TurnStatus.Failed or TurnStatus.ApprovalRequired => ExitCode.Failed,
            TurnStatus.Interrupted => ExitCode.Interrupted,
            _ => throw new UnreachableException($"no exit code for {outcome.Status}"),
        };
    }

    private static RunOutput Output(AgentHost host, AgentRequest request, RunSettings settings, Terminal terminal) => settings.Format switch
    {
        "json" => new JsonOutput(terminal),
        "stream-json" => new JsonLinesOutput(terminal, host.Session),
        _ => new TextOutput(terminal, settings.IsQuiet, request.IsDebug),
    };
}
