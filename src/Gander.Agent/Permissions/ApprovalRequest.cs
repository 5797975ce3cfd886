using Gander.Agent.Loop;

namespace Gander.Agent.Permissions;

/// <summary>A question to the person.</summary>
/// <param name="Call">What the model wants to do. Its arguments are the model's words: hostile text for a terminal.</param>
/// <param name="Reasons">Why it is asked, as sentences; empty where the mode alone asks.</param>
/// <param name="AlwaysMeans">What else an answer for the rest of the session would allow.</param>
public sealed record ApprovalRequest(ToolRequest Call, IReadOnlyList<string> Reasons, string AlwaysMeans);
