using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>Claude Code, printing its answer (<c>-p</c>).</summary>
internal sealed class ClaudeCode : NpmAgent
{
    private readonly List<string> _settings = [];

    public ClaudeCode(GanderProcess gander)
        : base(Prerequisite.ClaudeCode(), gander)
    {
        Set("ANTHROPIC_API_KEY", "x");
        Set("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        // Otherwise it refuses to run its tools unasked as root, which a test machine may well be.
        Set("IS_SANDBOX", "1");
    }

    /// <summary>Tools are used unasked. Without it, what would have to be asked for is refused, as nobody is there.</summary>
    public static string Unasked => "--dangerously-skip-permissions";

    protected override string Guide => "claude-code";

    public override void Use(ScriptedModel model) => Set("ANTHROPIC_BASE_URL", model.Address.GetLeftPart(UriPartial.Authority));

    public override void Connect() => Export(GuideText());

    public override void AddMcpServer()
    {
        var file = HomeFile("mcp.json");
        var server = new { command = Prerequisite.Node(), args = new[] { Prerequisite.SharedTool("agents-llm", "demo-mcp.cjs") } };
        File.WriteAllText(file, JsonSerializer.Serialize(new { mcpServers = new { demo = server } }));
        _settings.AddRange(["--mcp-config", file]);
    }

    protected override IEnumerable<string> Ask(string prompt, IReadOnlyList<string> arguments) =>
        ["-p", prompt, "--model", "claude-sonnet-5", .. _settings, .. arguments];
}
