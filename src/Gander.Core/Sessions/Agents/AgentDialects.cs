using System.Text;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>All dialects, the most particular first.</summary>
internal static class AgentDialects
{
    private static readonly AgentDialect[] Known =
    [
        new GooseDialect(),
        new ClaudeCodeDialect(),
        new CodexDialect(),
        new GeminiCliDialect(),
        new QwenCodeDialect(),
        new CopilotDialect(),
        new OpencodeDialect(),
    ];

    /// <summary>The dialect of agents without one of their own.</summary>
    public static AgentDialect General { get; } = new GeneralDialect();

    /// <summary>The dialect that a resource gives away, or null.</summary>
    public static AgentDialect? OfResource(Resource resource) => Array.Find(Known, dialect => dialect.Owns(resource));

    /// <summary>Whether any dialect reads sessions off the metric of this name.</summary>
    public static bool KnowMetric(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return Array.Exists(Known, dialect => dialect is CallDialect calls && calls.KnowsMetric(bytes));
    }

    /// <summary>The dialect that a scope gives away, or null.</summary>
    public static AgentDialect? OfScope(InstrumentationScope scope) => Array.Find(Known, dialect => dialect.Owns(scope));
}
