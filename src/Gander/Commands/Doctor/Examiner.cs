using System.Globalization;
using System.Text.Json;
using Gander.Commands.Agents;
using Gander.Commands.Exec;

namespace Gander.Commands.Doctor;

/// <summary>Looks at settings, sends one record of each signal the way each agent would, and reads them back.</summary>
/// <param name="server">The server that was found, or null.</param>
/// <param name="noServer">Why there is none.</param>
/// <param name="surroundings">Variables and files.</param>
/// <param name="time">The present.</param>
internal sealed class Examiner(ExecServer? server, string? noServer, Surroundings surroundings, TimeProvider time)
{
    /// <summary>Examines the server and these agents.</summary>
    /// <param name="agents">Which, and whether a person named them: of one that is only installed it is no problem that it sends nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Examination> RunAsync(IReadOnlyList<(AgentSettings Agent, bool IsNamed)> agents, CancellationToken cancellationToken)
    {
        using var client = server?.Pages is { } pages ? new GanderClient(pages, server.Token) : null;
        var serverFindings = await ExamineServerAsync(client, cancellationToken);
        var examined = new List<AgentExamination>();
        foreach (var (agent, isNamed) in agents)
        {
            examined.Add(await ExamineAsync(agent, isNamed, client, cancellationToken));
        }

        return new Examination(server?.Pages, serverFindings, examined);
    }

    private async Task<List<Finding>> ExamineServerAsync(GanderClient? client, CancellationToken cancellationToken)
    {
        if (server is null)
        {
            return [Finding.Problem("server.none", $"no server: {noServer}", "There is nothing that could take telemetry, unless it goes elsewhere.", "gander serve")];
        }

        var findings = new List<Finding>();
        if (client is not null)
        {
            var (_, status) = await client.GetAsync("/api/status", cancellationToken);
            using (status)
            {
                findings.AddRange(status is null ? [] : ServerChecks.OfStatus(status.RootElement));
            }
        }

        // Its own address with its own key: what is wrong now is not an agent's fault.
        var headers = server.IngestToken is { } token ? new[] { KeyValuePair.Create("Authorization", $"Basic {token}") } : [];
        var routes = OtelVariables.Signals.Select(signal => new ExportRoute(signal, Wire.HttpProtobuf, new Uri($"{surroundings.Endpoint}/v1/{signal.ToLowerInvariant()}"), headers, null));
        findings.AddRange(await TryAsync("gander", "Gander itself", "SSL_CERT_FILE", [.. routes], client, cancellationToken));
        return Sorted(findings);
    }

    private async Task<AgentExamination> ExamineAsync(AgentSettings agent, bool isNamed, GanderClient? client, CancellationToken cancellationToken)
    {
        var program = agent.Programs.Select(name => ProgramPath.Find(name, surroundings.Environment)).FirstOrDefault(path => path is not null);
        var routes = agent.Routes(surroundings);
        var findings = agent.Check(surroundings).Select(finding => isNamed ? finding : AsOffered(agent, finding)).ToList();
        if (findings.Exists(IsOff))
        {
            // Of an agent that sends nothing it need not be said what it leaves out.
            findings.RemoveAll(finding => finding.Id == ContentCheck.Id);
        }

        if (program is null)
        {
            findings.Add(Finding.Note("agent.absent", $"{agent.Title} is not in the PATH of this shell", "Its settings are looked at all the same."));
        }

        findings.AddRange(await TryAsync(agent.Name, agent.Title, agent.TrustVariable, routes, client, cancellationToken));
        if (client is not null && ServerChecks.OfVolume(agent.Title, await SpansADayAsync(agent, client, cancellationToken)) is { } volume)
        {
            findings.Add(volume);
        }

        return new AgentExamination(agent, program, routes, Sorted(findings));
    }

    // Nobody has turned this agent's telemetry on, whatever else is set.
    private static bool IsOff(Finding finding) => finding.Id.EndsWith(".off", StringComparison.Ordinal) && finding.Id is not ("exporter.off" or "sampling.off" or ContentCheck.Id);

    // Whoever has an agent need not want its telemetry.
    private static Finding AsOffered(AgentSettings agent, Finding finding) =>
        IsOff(finding)
            ? finding with { Level = FindingLevel.Note, Fix = $"{finding.Fix}   (or once: gander exec -- {agent.Name})" }
            : finding;

    private async Task<List<Finding>> TryAsync(
        string name, string title, string trustVariable, IReadOnlyList<ExportRoute> routes, GanderClient? client, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var arrived = new List<string>();
        foreach (var route in routes)
        {
            var record = new ProbeRecord(name, time.GetUtcNow());
            var answer = await ProbeSender.SendAsync(route, record, time, cancellationToken);
            if (ArrivalChecks.Of(title, trustVariable, route, answer, server is null ? null : surroundings.Endpoint) is { } problem)
            {
                Add(findings, problem);
                continue;
            }

            if (ArrivalChecks.Clock(answer) is { } clock)
            {
                Add(findings, clock);
            }

            if (client is null || !await new ReadBack(client, time).HasAsync(route.Signal, record, cancellationToken))
            {
                Add(findings, Elsewhere(title, route, client is not null));
            }
            else
            {
                arrived.Add(route.Signal.ToLowerInvariant());
            }
        }

        if (arrived.Count > 0)
        {
            findings.Add(Finding.Ok("arrival", $"{string.Join(", ", arrived)}: sent as {title} sends, stored, and read back"));
        }

        return findings;
    }

    private Finding Elsewhere(string title, ExportRoute route, bool canRead)
    {
        var place = $"{route.Signal.ToLowerInvariant()} to {Masked.Authority(route.Address)}";
        return canRead && IsOurs(route.Address)
            ? Finding.Problem("arrival.lost", $"{place}: taken, but not found again", "The server acknowledged what cannot be read from it.", "see the server's log")
            : Finding.Note(
                "arrival.elsewhere",
                $"{place}: taken there{(canRead ? $", which is not the Gander at {Masked.Authority(server!.Pages!)}" : "; it was not read back")}",
                $"{title}'s telemetry goes to that collector.",
                canRead ? $"export {OtelVariables.Endpoint}={surroundings.Endpoint}" : "");
    }

    private bool IsOurs(Uri address) => address.Port == surroundings.OtlpHttp.Port && (address.Host == surroundings.OtlpHttp.Host || (address.IsLoopback && surroundings.OtlpHttp.IsLoopback));

    // What is wrong with three signals alike is said once.
    private static void Add(List<Finding> findings, Finding finding)
    {
        var index = findings.FindIndex(known => known.Id == finding.Id && known.Fix == finding.Fix);
        if (index < 0)
        {
            findings.Add(finding);
        }
    }

    private static async Task<double> SpansADayAsync(AgentSettings agent, GanderClient client, CancellationToken cancellationToken)
    {
        var names = string.Join('|', agent.ServiceNames);
        var (_, answer) = await client.GetAsync($"/api/v1/query?query={Uri.EscapeDataString($"sum(increase(traces_span_metrics_calls_total{{service_name=~\"{names}\"}}[1d]))")}", cancellationToken);
        using (answer)
        {
            return answer is not null
                && answer.RootElement.TryGetProperty("data", out var data)
                && data.GetProperty("result") is { ValueKind: JsonValueKind.Array } result
                && result.GetArrayLength() > 0
                && double.TryParse(result[0].GetProperty("value")[1].GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var spans)
                ? spans
                : 0;
        }
    }

    private static List<Finding> Sorted(IEnumerable<Finding> findings) => [.. findings.OrderByDescending(finding => finding.Level)];
}
