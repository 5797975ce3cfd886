using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

/// <summary>Short ways to say what a check must find.</summary>
internal static class FindingFacts
{
    /// <summary>The one finding with this name.</summary>
    public static Finding Single(this IEnumerable<Finding> findings, string id) => Assert.Single(findings, finding => finding.Id == id);

    /// <summary>What is wrong, the names alone.</summary>
    public static IEnumerable<string> Faults(this IEnumerable<Finding> findings) =>
        findings.Where(finding => finding.Level >= FindingLevel.Warning).Select(finding => finding.Id).Order(StringComparer.Ordinal);

    /// <summary>What an agent of this name says to these surroundings.</summary>
    public static IReadOnlyList<Finding> Check(string agent, Surroundings surroundings) => [.. AgentCatalogue.Find(agent)!.Check(surroundings)];
}
