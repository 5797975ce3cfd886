using Gander.Commands.Agents;

namespace Gander.Commands.Doctor;

/// <summary>Everything that was found.</summary>
/// <param name="Server">Where the server's pages are; null when there is none.</param>
/// <param name="ServerFindings">What was found of the server and the clock.</param>
/// <param name="Agents">What was found of each agent.</param>
internal sealed record Examination(Uri? Server, IReadOnlyList<Finding> ServerFindings, IReadOnlyList<AgentExamination> Agents)
{
    /// <summary>All findings.</summary>
    public IEnumerable<Finding> Findings => ServerFindings.Concat(Agents.SelectMany(agent => agent.Findings));

    /// <summary>How many there are of a level.</summary>
    public int Count(FindingLevel level) => Findings.Count(finding => finding.Level == level);
}
