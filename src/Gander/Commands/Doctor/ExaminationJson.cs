using System.Text.Encodings.Web;
using System.Text.Json;
using Gander.Commands.Agents;

namespace Gander.Commands.Doctor;

/// <summary>Writes an examination for programs; <c>docs/doctor.md</c> describes it.</summary>
internal static class ExaminationJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole document.</summary>
    public static string Write(Examination examination) => JsonSerializer.Serialize(
        new
        {
            problems = examination.Count(FindingLevel.Problem),
            warnings = examination.Count(FindingLevel.Warning),
            server = new { pages = examination.Server is { } pages ? Masked.Authority(pages) : null, findings = examination.ServerFindings.Select(Of) },
            agents = examination.Agents.Select(agent => new
            {
                name = agent.Agent.Name,
                title = agent.Agent.Title,
                program = agent.Program,
                routes = agent.Routes.Select(route => new { signal = route.Signal.ToLowerInvariant(), wire = Word(route.Wire), address = Masked.Address(route.Address), headers = route.Headers.Select(header => header.Key) }),
                findings = agent.Findings.Select(Of),
            }),
        },
        Options);

    private static object Of(Finding finding) => new { id = finding.Id, level = finding.Level.ToString().ToLowerInvariant(), what = finding.What, why = finding.Why, fix = finding.Fix };

    private static string Word(Wire wire) => wire switch
    {
        Wire.Grpc => "grpc",
        Wire.HttpJson => "http/json",
        _ => "http/protobuf",
    };
}
