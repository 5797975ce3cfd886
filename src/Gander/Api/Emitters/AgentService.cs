namespace Gander.Api.Emitters;

/// <summary>Which services are an agent: those whose records make sessions under its name.</summary>
internal static class AgentService
{
    // Its programs have names of their own, such as codex_exec, and all of them speak its dialect.
    private const string Codex = "codex";

    /// <summary>Whether telemetry of a service is of an agent. <c>goose-web</c> is not <c>goose</c>.</summary>
    public static bool IsOf(string service, string agent) =>
        service == agent || (agent == Codex && service.StartsWith(Codex, StringComparison.Ordinal));
}
