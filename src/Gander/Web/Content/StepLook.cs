using Gander.Sessions;

namespace Gander.Web.Content;

/// <summary>The kind by which pages colour and mark work: one word that is a CSS class, a symbol and a name for people.</summary>
public static class StepLook
{
    private static readonly string[] Shells = ["shell", "bash", "sh", "exec", "exec_command", "run_shell_command", "local_shell", "terminal", "powershell", "run_terminal_cmd"];
    private static readonly string[] WebTools = ["web_search", "web_fetch", "webfetch", "websearch", "fetch", "google_web_search", "browser"];

    /// <summary>model, shell, tool, subagent, mcp, web, wait or other.</summary>
    public static string Of(Step step) => Of(step.Kind, step.Name);

    /// <summary>The same, of the parts that decide it.</summary>
    public static string Of(StepKind kind, string name) => kind switch
    {
        StepKind.Model => "model",
        StepKind.Subagent => "subagent",
        StepKind.Wait => "wait",
        StepKind.Tool => OfTool(name),
        _ => "other",
    };

    /// <summary>shell, mcp, web, subagent or tool, by the tool's name.</summary>
    public static string OfTool(string name) =>
        Array.Exists(Shells, shell => shell.Equals(name, StringComparison.OrdinalIgnoreCase)) ? "shell"
        : Array.Exists(WebTools, web => web.Equals(name, StringComparison.OrdinalIgnoreCase)) ? "web"
        : name is "delegate" or "Task" or "Agent" or "task" ? "subagent"
        : name.Contains("__", StringComparison.Ordinal) ? "mcp"
        : "tool";

    /// <summary>What people call the kind.</summary>
    public static string Name(string look) => look switch
    {
        "model" => "model call",
        "shell" => "shell command",
        "subagent" => "subagent",
        "mcp" => "MCP tool",
        "web" => "web tool",
        "wait" => "waiting for a person",
        "prompt" => "prompt",
        "turn" => "turn",
        "tool" => "tool call",
        _ => "other work",
    };
}
