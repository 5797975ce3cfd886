namespace Gander.EndToEnd.Harness;

/// <summary>What a run of the agent gave.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record AgentOutcome(int ExitCode, string Output, string Error);
