using Gander.Commands.Agents;

namespace Gander.Commands.Doctor;

/// <summary>What was found of one agent.</summary>
/// <param name="Agent">Which.</param>
/// <param name="Program">Where its program is, or null when it is not installed.</param>
/// <param name="Routes">The ways its signals take.</param>
/// <param name="Findings">What was found, the worst first.</param>
internal sealed record AgentExamination(AgentSettings Agent, string? Program, IReadOnlyList<ExportRoute> Routes, IReadOnlyList<Finding> Findings);
