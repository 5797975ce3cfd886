using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>All dialects, the most particular first.</summary>
internal static class AgentDialects
{
    private static readonly AgentDialect[] Known = [new GooseDialect(), new ClaudeCodeDialect()];

    /// <summary>The dialect of agents without one of their own.</summary>
    public static AgentDialect General { get; } = new GeneralDialect();

    /// <summary>The dialect that a resource gives away, or null.</summary>
    public static AgentDialect? OfResource(Resource resource) => Array.Find(Known, dialect => dialect.Owns(resource));

    /// <summary>The dialect that a scope gives away, or null.</summary>
    public static AgentDialect? OfScope(InstrumentationScope scope) => Array.Find(Known, dialect => dialect.Owns(scope));
}
