using System.Text;
using System.Text.Json;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// Claude Code: events in log records, metrics, and spans (a beta), each of which may be switched off. A program that takes up
/// a session first speaks under an id that it then throws away; only what follows a prompt makes a session.
/// </summary>
internal sealed class ClaudeCodeDialect : CallDialect
{
    private const string McpTool = "mcp_tool";

    /// <inheritdoc/>
    public override string Agent => "claude-code";

    /// <inheritdoc/>
    public override TokenCounting Counting => TokenCounting.InputWithoutCache;

    /// <inheritdoc/>
    public override bool CountsChanges => true;

    /// <inheritdoc/>
    public override CallTexts Texts { get; } = new()
    {
        Prompt = ["prompt", "user_prompt"],
        Answer = ["response"],
        ToolInput = ["tool_input", "tool_parameters", "full_command", "file_path"],
        ToolOutput = ["output", "tool.output"],
        Error = ["error"],
    };

    /// <inheritdoc/>
    public override bool Owns(Resource resource) => resource.ServiceName == Agent;

    /// <inheritdoc/>
    public override bool Owns(InstrumentationScope scope) => scope.Name.StartsWith("com.anthropic.claude_code", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override void ReadSpan(SpanFacts facts, in SpanHints hints) => facts.Role = facts.Name switch
    {
        "claude_code.interaction" => SpanRole.Turn,
        "claude_code.llm_request" => SpanRole.Model,
        "claude_code.tool" => SpanRole.Tool,
        "claude_code.tool.execution" => SpanRole.ToolRun,
        "claude_code.tool.blocked_on_user" => SpanRole.Wait,
        _ => facts.Name.StartsWith("claude_code.", StringComparison.Ordinal) ? SpanRole.Other : hints.OperationRole,
    };

    /// <inheritdoc/>
    public override LogFactKind KindOf(ReadOnlySpan<byte> eventName)
    {
        var prefix = "claude_code."u8;
        var name = eventName.StartsWith(prefix) ? eventName[prefix.Length..] : eventName;
        return name.SequenceEqual("user_prompt"u8) ? LogFactKind.UserPrompt
            : name.SequenceEqual("api_request"u8) ? LogFactKind.ModelCall
            : name.SequenceEqual("api_error"u8) ? LogFactKind.ModelFailure
            : name.SequenceEqual("tool_result"u8) ? LogFactKind.ToolResult
            : name.SequenceEqual("tool_decision"u8) ? LogFactKind.ToolDecision
            : name.SequenceEqual("assistant_response"u8) ? LogFactKind.Answer
            : LogFactKind.Other;
    }

    /// <inheritdoc/>
    public override void Complete(ref LogFacts facts, CallFacts call, AttributeView attributes)
    {
        Complete(call);
        if (call.Tool == McpTool && attributes.Text("tool_parameters"u8) is { IsEmpty: false } parameters)
        {
            ReadMcp(parameters, call);
            facts.Tool = call.Tool;
        }

        if (facts.Kind == LogFactKind.ToolResult && attributes.Text("tool_parameters"u8).IndexOf("\"git_commit_id\""u8) >= 0)
        {
            call.Changes = new CodeChanges(null, null, 1, null);
        }
    }

    /// <inheritdoc/>
    public override void Complete(SpanFacts facts, CallFacts call, AttributeView attributes) => Complete(call);

    /// <inheritdoc/>
    public override bool KnowsMetric(ReadOnlySpan<byte> name) => name.StartsWith("claude_code."u8);

    /// <inheritdoc/>
    public override PointFactKind KindOfPoint(ReadOnlySpan<byte> name, ReadOnlySpan<byte> type) => Encoding.UTF8.GetString(name) switch
    {
        "claude_code.token.usage" when type.SequenceEqual("input"u8) => PointFactKind.InputTokens,
        "claude_code.token.usage" when type.SequenceEqual("output"u8) => PointFactKind.OutputTokens,
        "claude_code.token.usage" when type.SequenceEqual("cacheRead"u8) => PointFactKind.CacheReadTokens,
        "claude_code.token.usage" when type.SequenceEqual("cacheCreation"u8) => PointFactKind.CacheWriteTokens,
        "claude_code.cost.usage" => PointFactKind.Cost,
        "claude_code.lines_of_code.count" => type.SequenceEqual("added"u8) ? PointFactKind.LinesAdded : PointFactKind.LinesRemoved,
        "claude_code.commit.count" => PointFactKind.Commits,
        "claude_code.pull_request.count" => PointFactKind.PullRequests,
        "claude_code.active_time.total" => type.SequenceEqual("user"u8) ? PointFactKind.UserSeconds : PointFactKind.AgentSeconds,
        "claude_code.session.count" => PointFactKind.Alive,
        _ => PointFactKind.None,
    };

    /// <inheritdoc/>
    internal override bool IsSession(SessionEvidence evidence, IReadOnlyList<Turn> turns) =>
        turns.Count > 0 || evidence.Points.Any(point => point.Kind != PointFactKind.Alive);

    /// <inheritdoc/>
    internal override IEnumerable<MissingPart> Missing(SessionShape shape, SessionEvidence evidence) => ClaudeCodeMissing.Of(shape, evidence);

    private static void Complete(CallFacts call)
    {
        // agent:builtin:Explore is a subagent; sdk, repl_main_thread and their like are the agent itself.
        call.Agent = call.Agent.StartsWith("agent:", StringComparison.Ordinal) ? call.Agent[(call.Agent.LastIndexOf(':') + 1)..] : "";
        call.Provider = call.Provider.Length > 0 || call.Model.Length == 0 ? call.Provider : "anthropic";
    }

    private static void ReadMcp(ReadOnlySpan<byte> parameters, CallFacts call)
    {
        try
        {
            var json = new Utf8JsonReader(parameters);
            string? server = null, tool = null;
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1)
                {
                    var (isServer, isTool) = (json.ValueTextEquals("mcp_server_name"u8), json.ValueTextEquals("mcp_tool_name"u8));
                    json.Read();
                    if (json.TokenType == JsonTokenType.String)
                    {
                        (server, tool) = (isServer ? json.GetString() : server, isTool ? json.GetString() : tool);
                    }

                    json.TrySkip();
                }
            }

            if (server is not null && tool is not null)
            {
                (call.McpServer, call.Tool) = (server, $"mcp__{server}__{tool}");
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Cut off by the agent: the name stays what it was.
        }
    }
}
