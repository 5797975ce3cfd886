using System.Text.Json.Nodes;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>Gemini CLI, printing its answer (<c>-p</c>).</summary>
internal sealed class GeminiCli : NpmAgent
{
    private readonly JsonObject _settings = JsonNode.Parse("""{ "security": { "auth": { "selectedType": "gemini-api-key" } } }""")!.AsObject();

    public GeminiCli(GanderProcess gander)
        : base(Prerequisite.GeminiCli(), gander)
    {
        Set("GEMINI_API_KEY", "x");
        Set("GEMINI_CLI_NO_RELAUNCH", "1");
        Set("GEMINI_CLI_TRUST_WORKSPACE", "true");
    }

    /// <summary>Tools are used unasked.</summary>
    public static string Unasked => "--yolo";

    protected override string Guide => "gemini-cli";

    public override void Use(ScriptedModel model)
    {
        Set("GOOGLE_GEMINI_BASE_URL", model.Address.GetLeftPart(UriPartial.Authority));
        WriteSettings();
    }

    public override void Connect()
    {
        foreach (var (name, value) in JsonNode.Parse(GuideText())!.AsObject())
        {
            _settings[name] = value?.DeepClone();
        }

        WriteSettings();
    }

    public override void AddMcpServer()
    {
        _settings["mcpServers"] = new JsonObject
        {
            ["demo"] = new JsonObject { ["command"] = Prerequisite.Node(), ["args"] = new JsonArray(Prerequisite.SharedTool("agents-llm", "demo-mcp.cjs")) },
        };
        WriteSettings();
    }

    protected override IEnumerable<string> Ask(string prompt, IReadOnlyList<string> arguments) => ["-m", "gemini-2.5-pro", .. arguments, "-p", prompt];

    private void WriteSettings() => File.WriteAllText(HomeFile(".gemini", "settings.json"), _settings.ToJsonString());
}
