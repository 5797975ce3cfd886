using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>Codex, running one prompt (<c>codex exec</c>).</summary>
internal sealed class Codex : NpmAgent
{
    public Codex(GanderProcess gander)
        : base(Prerequisite.Codex(), gander)
    {
    }

    /// <summary>Commands run unasked and in no sandbox.</summary>
    public static string Unasked => "--dangerously-bypass-approvals-and-sandbox";

    protected override string Guide => "codex";

    private string ConfigFile => HomeFile(".codex", "config.toml");

    public override void Use(ScriptedModel model)
    {
        File.WriteAllText(ConfigFile, $"""
            model = "gpt-5.5"
            model_provider = "demo"

            [model_providers.demo]
            name = "Demo"
            base_url = "{model.Address.GetLeftPart(UriPartial.Authority)}/v1"
            wire_api = "responses"
            request_max_retries = 3
            stream_max_retries = 2

            """);
    }

    public override void Connect() => File.AppendAllText(ConfigFile, $"\n{GuideText()}\n");

    public override void AddMcpServer() => File.AppendAllText(ConfigFile, $"""

        [mcp_servers.demo]
        command = "{Prerequisite.Node()}"
        args = ["{Prerequisite.SharedTool("agents-llm", "demo-mcp.cjs")}"]

        """);

    protected override IEnumerable<string> Ask(string prompt, IReadOnlyList<string> arguments) => ["exec", .. arguments, prompt];
}
