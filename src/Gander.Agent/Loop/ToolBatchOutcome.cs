namespace Gander.Agent.Loop;

/// <summary>What came of the tool calls of one answer.</summary>
/// <param name="Results">The results in the order of the calls.</param>
/// <param name="Unanswerable">Why the turn cannot go on: an approval was needed that nobody could give.</param>
internal sealed record ToolBatchOutcome(IReadOnlyList<ToolResult> Results, string? Unanswerable);
