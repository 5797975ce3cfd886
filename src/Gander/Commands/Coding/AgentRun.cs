using System.Diagnostics;
using System.Runtime.InteropServices;
using Gander.Agent.Loop;

namespace Gander.Commands.Coding;

/// <summary>One task from its beginning to the exit code.</summary>
internal static class AgentRun
{
    // A title is worth a moment after the answer, not more.
    private static readonly TimeSpan TitlePatience = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(AgentRequest request, RunSettings settings, Terminal terminal, CancellationToken cancellationToken)
    {
        // Whoever closes the terminal interrupts the turn too, which is then stored and told like any other.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        await using var host = await AgentHost.OpenAsync(request, RunCommand.Name, approver: null, terminal, stop.Token);
        var output = Output(host, request, settings, terminal);
        output.Begin(host);
        var speed = new RunSpeed();
        TurnOutcome? outcome = null;
        await foreach (var happened in host.Session.SendAsync(settings.Task, stop.Token))
        {
            output.Show(happened);
            speed.Add(happened);
            outcome = (happened as AgentEvent.TurnEnded)?.Outcome ?? outcome;
        }

        if (outcome is null)
        {
            throw new UnreachableException("a turn ends with its end");
        }

        await host.Session.FinishAsync(stop.IsCancellationRequested ? TimeSpan.Zero : TitlePatience);
        output.End(host, outcome);
        if (settings.ShowsStatistics)
        {
            speed.Print(terminal.Error, host.Session.Totals, outcome);
        }

        var failed = outcome.Status is TurnStatus.Failed or TurnStatus.ApprovalRequired;
        host.Scope.Complete(failed, host.Session.Messages.Count(message => message.UserVisible));
        return failed ? ExitCode.Failed : outcome.Status == TurnStatus.Interrupted ? ExitCode.Interrupted : ExitCode.Ok;
    }

    private static RunOutput Output(AgentHost host, AgentRequest request, RunSettings settings, Terminal terminal) => settings.Format switch
    {
        "json" => new JsonOutput(terminal),
        "stream-json" => new JsonLinesOutput(terminal, host.Session),
        _ => new TextOutput(terminal, settings.IsQuiet, request.IsDebug),
    };
}
