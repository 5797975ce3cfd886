using Gander.Hosting;

namespace Gander.Web.Connecting;

/// <summary>
/// The lines to paste for each agent, with the addresses of this server. They are those with which the agents were captured: each
/// names its protocol, because the agents' defaults differ, and asks for texts where the agent leaves them out otherwise.
/// </summary>
public static class AgentGuides
{
    private const string Shell = "Paste this where you start it";

    private static readonly GuideTrouble Disabled = new("OTEL_SDK_DISABLED=true", "turns all export off.", "unset OTEL_SDK_DISABLED");
    private static readonly GuideTrouble LastSpans = new("A short run", "The last records are lost when the program ends before it has sent them.");

    /// <summary>The guides, in the order in which they are shown.</summary>
    /// <param name="addresses">Where the server listens.</param>
    /// <param name="tokenNeeded">Whether exports need a token; then the lines have <see cref="ConnectLines.TokenPlaceholder"/> in them.</param>
    public static IReadOnlyList<AgentGuide> All(ServerAddresses addresses, bool tokenNeeded)
    {
        var http = addresses.OtlpHttp.GetLeftPart(UriPartial.Authority);
        var grpc = addresses.OtlpGrpc.GetLeftPart(UriPartial.Authority);
        return
        [
            Goose(addresses, tokenNeeded),
            Gander(http, tokenNeeded),
            ClaudeCode(http, tokenNeeded),
            Codex(http, tokenNeeded),
            GeminiCli(grpc, tokenNeeded),
            Copilot(http, tokenNeeded),
            OpenCode(http, tokenNeeded),
            QwenCode(http, tokenNeeded),
            General(http, grpc, tokenNeeded),
        ];
    }

    private static AgentGuide Goose(ServerAddresses addresses, bool tokenNeeded) => new(
        "goose", "goose", "goose", "goose session", "Spans arrive every 5 seconds, logs every second, metrics every minute, and the rest when goose ends.")
    {
        Blocks =
        [
            new(Shell, string.Join('\n', ConnectLines.Goose(addresses, tokenNeeded)),
                "The last line exports prompts, tool input and output, which a session needs to be read as a conversation. Leave it out to keep them to yourself; times, tokens and tools are shown all the same."),
        ],
        Troubles =
        [
            new("OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "turns all export off: goose speaks HTTP only. Set", "http/protobuf"),
            new("OTEL_EXPORTER_OTLP_COMPRESSION=gzip", "turns all export off without a word, zstd too. Remove it:", "unset OTEL_EXPORTER_OTLP_COMPRESSION"),
            new("OTEL_EXPORTER_OTLP_HEADERS=\"Authorization: …\"", "with a colon is dropped, and the server answers 401. Write an equals sign:", "Authorization=Basic TOKEN"),
            Disabled,
            new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "is used as it is, without /v1/traces added, and turns on that signal alone. Set only", "OTEL_EXPORTER_OTLP_ENDPOINT"),
            new("kill, a closed terminal", "lose the last 5 seconds of spans. Leave with /exit or Ctrl-D, or let goose run finish."),
        ],
    };

    private static AgentGuide Gander(string http, bool tokenNeeded) => new(
        "gander", "gander", "gander", "gander run -t \"explain this folder\"", "Gander's own agent sends spans, metrics and logs, and the rest when it ends.")
    {
        Blocks = [new(Shell, Lines(http, tokenNeeded, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true"), "The last line exports prompts, tool input and output. Leave it out to keep them to yourself.")],
        Troubles = [Disabled],
    };

    private static AgentGuide ClaudeCode(string http, bool tokenNeeded) => new(
        "claude-code", "Claude Code", "claude-code", "claude", "Log records and spans arrive every 5 seconds, metrics every minute. Cost is Claude Code's own figure.")
    {
        Blocks =
        [
            new(Shell, Lines(
                http, tokenNeeded,
                "CLAUDE_CODE_ENABLE_TELEMETRY=1", "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1", "OTEL_METRICS_EXPORTER=otlp", "OTEL_LOGS_EXPORTER=otlp", "OTEL_TRACES_EXPORTER=otlp",
                "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_LOG_USER_PROMPTS=1", "OTEL_LOG_TOOL_DETAILS=1"),
                "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA turns spans on, which are a beta. The last two lines export prompts and what tools were called with; leave them out to keep those to yourself."),
            new("To count for a team, also", "export OTEL_RESOURCE_ATTRIBUTES=team.id=platform,department=engineering", "These stand on every record."),
        ],
        Troubles =
        [
            new("No spans", "The beta flag is not set, or OTEL_TRACES_EXPORTER is not otlp. Sessions are read from log records alone, with less detail.", "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1"),
            new("An exporter named console", "prints instead of sending. Set", "OTEL_LOGS_EXPORTER=otlp"),
            new("API errors", "are told once, after all retries, and not at all when a retry worked: only spans show those."),
            Disabled,
        ],
    };

    private static AgentGuide Codex(string http, bool tokenNeeded)
    {
        var headers = tokenNeeded ? $", headers = {{ authorization = \"Bearer {ConnectLines.TokenPlaceholder}\" }}" : "";
        string Exporter(string name, string signal) => $"{name} = {{ otlp-http = {{ endpoint = \"{http}/v1/{signal}\", protocol = \"binary\"{headers} }} }}";
        return new("codex", "Codex", "codex", "codex", "Codex sends log records, spans (about 500 a turn) and metrics. It never sends cost: tokens are priced here.")
        {
            Blocks =
            [
                new("Add this to ~/.codex/config.toml", string.Join('\n', "[otel]", "environment = \"dev\"", "log_user_prompt = true", Exporter("exporter", "logs"), Exporter("trace_exporter", "traces"), Exporter("metrics_exporter", "metrics")),
                    "log_user_prompt = false keeps the prompt to yourself; what tools were called with and gave back is sent all the same."),
            ],
            Troubles =
            [
                new("A run that failed", "exits without sending what is left; of HTTP 400 nothing is sent at all."),
                new("endpoint", "is a full address for each signal in this file: /v1/logs, /v1/traces and /v1/metrics are part of it."),
                new("A command that failed", "is reported as a success; its output says with which code it exited, and sessions read it there."),
            ],
        };
    }

    private static AgentGuide GeminiCli(string grpc, bool tokenNeeded) => new(
        "gemini-cli", "Gemini CLI", "gemini-cli", "gemini", "Log records, metrics and spans over gRPC. It never sends cost: tokens are priced here.")
    {
        Blocks =
        [
            new("Add this to ~/.gemini/settings.json", $$"""
                {
                  "telemetry": {
                    "enabled": true,
                    "target": "local",
                    "otlpEndpoint": "{{grpc}}",
                    "otlpProtocol": "grpc",
                    "logPrompts": true,
                    "traces": true
                  }
                }
                """, "logPrompts and traces export prompts, answers and tool output; false keeps them to yourself."),
            .. Token(tokenNeeded, "Its file has no place for a token; the environment has"),
        ],
        Troubles =
        [
            new("process.command_args", "holds the whole command line, the prompt of gemini -p included, even when logPrompts is false. Leave it out with", "export OTEL_NODE_RESOURCE_DETECTORS=env,host,serviceinstance"),
            new("service.version", "is the version of Node, not that of Gemini CLI."),
        ],
    };

    private static AgentGuide Copilot(string http, bool tokenNeeded) => new(
        "copilot-cli", "Copilot CLI", "github-copilot", "copilot", "Spans and metrics, no log records.")
    {
        Blocks =
        [
            new(Shell, Lines(http, tokenNeeded, "COPILOT_OTEL_ENABLED=true", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true"),
                "The last line exports prompts, answers and tool output, and the names of MCP tools, which are hashed otherwise."),
        ],
        Troubles = [new("Tool names like 3f2a…", "are hashes of the names of MCP tools: content is not captured.", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true"), Disabled],
    };

    private static AgentGuide OpenCode(string http, bool tokenNeeded) => new(
        "opencode", "opencode", "opencode", "opencode", "Spans and log records in JSON, whatever the protocol variable says; no metrics and no cost. Prompts and answers are always sent.")
    {
        Blocks =
        [
            new("Add this to opencode.json", "{\n  \"experimental\": { \"openTelemetry\": true }\n}"),
            new(Shell, Lines(http, tokenNeeded)),
        ],
        Troubles = [LastSpans with { Why = "loses its last model and tool calls: opencode ends before it has sent them. Longer sessions lose only the end." }],
    };

    private static AgentGuide QwenCode(string http, bool tokenNeeded) => new(
        "qwen-code", "Qwen Code", "qwen-code", "qwen", "Log records, metrics and spans, in JSON over HTTP. It never sends cost: tokens are priced here.")
    {
        Blocks =
        [
            new("Add this to ~/.qwen/settings.json", $$"""
                {
                  "telemetry": {
                    "enabled": true,
                    "target": "local",
                    "otlpProtocol": "http",
                    "otlpEndpoint": "{{http}}",
                    "logPrompts": true
                  }
                }
                """, "logPrompts exports prompts; false keeps them to yourself."),
            .. Token(tokenNeeded, "Its file has no place for a token; the environment has"),
        ],
        Troubles = [new("Metrics", "carry no session; a session's figures are read from log records and spans.")],
    };

    private static AgentGuide General(string http, string grpc, bool tokenNeeded) => new(
        "otel", "Anything else", "", "your-agent", "Whatever speaks OTLP can send here: spans with the GenAI conventions of OpenTelemetry become sessions by gen_ai.conversation.id or session.id.")
    {
        Blocks =
        [
            new("OTLP over HTTP", Lines(http, tokenNeeded, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_SERVICE_NAME=my-agent", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true")),
            new("Or OTLP over gRPC", Lines(grpc, tokenNeeded, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "OTEL_SERVICE_NAME=my-agent")),
        ],
        Troubles = [new("No session", "A span needs gen_ai.conversation.id or session.id to belong to one; without, it is in traces alone."), Disabled],
    };

    // Blanks are escaped, as the specification of the variable wants it; what reads it literally takes the token all the same.
    private static string Header => $"export OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Basic%20{ConnectLines.TokenPlaceholder}\"";

    private static IEnumerable<GuideBlock> Token(bool needed, string where) => needed ? [new(where, Header)] : [];

    private static string Lines(string endpoint, bool tokenNeeded, params ReadOnlySpan<string> variables)
    {
        var lines = new List<string> { $"export OTEL_EXPORTER_OTLP_ENDPOINT=\"{endpoint}\"" };
        if (tokenNeeded)
        {
            lines.Add(Header);
        }

        foreach (var variable in variables)
        {
            lines.Add($"export {variable}");
        }

        return string.Join('\n', lines);
    }
}
