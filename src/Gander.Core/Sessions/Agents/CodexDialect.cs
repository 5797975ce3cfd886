using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// Codex: events in log records, and hundreds of spans a turn of which a handful tell something. Its metrics name no session.
/// The spans name no host and the records do; the ids of conversations are unique, so that both are of one session anyway.
/// </summary>
internal sealed class CodexDialect : CallDialect
{
    /// <inheritdoc/>
    public override string Agent => "codex";

    /// <inheritdoc/>
    public override bool HasUniqueIds => true;

    /// <inheritdoc/>
    public override CallTexts Texts { get; } = new()
    {
        Prompt = ["prompt"],
        ToolInput = ["arguments"],
        ToolOutput = ["output"],
        Error = ["error.message"],
    };

    /// <inheritdoc/>
    public override bool Owns(Resource resource) => resource.ServiceName.StartsWith(Agent, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Owns(InstrumentationScope scope) => scope.Name == "codex_otel.log_only";

    /// <inheritdoc/>
    public override void ReadSpan(SpanFacts facts, in SpanHints hints) => facts.Role = facts.Name switch
    {
        "session_task.turn" => SpanRole.Turn,
        "codex.sampling" => SpanRole.Model,
        "handle_responses" when facts.Has(SpanTraits.HasUsage) => SpanRole.ModelPart,
        _ when facts.Name.StartsWith("model_client.stream_", StringComparison.Ordinal) => SpanRole.ModelPart,

        // Named after its tool, whatever that is called.
        _ when hints.ToolPhase == "dispatch" => SpanRole.Tool,

        // Alone knows the MCP server: the name of the tool's own span is server and tool run together.
        "mcp.tools.call" => SpanRole.ToolRun,
        _ => SpanRole.Noise,
    };

    /// <inheritdoc/>
    public override LogFactKind KindOf(ReadOnlySpan<byte> eventName) => KindOf(eventName, default);

    /// <inheritdoc/>
    public override LogFactKind KindOf(ReadOnlySpan<byte> eventName, ReadOnlySpan<byte> eventKind) =>
        eventName.SequenceEqual("codex.sse_event"u8)
            ? eventKind.SequenceEqual("response.completed"u8) ? LogFactKind.ModelCall
                : eventKind.SequenceEqual("response.failed"u8) ? LogFactKind.ModelFailure
                : LogFactKind.Other
        : eventName.SequenceEqual("codex.user_prompt"u8) ? LogFactKind.UserPrompt
        : eventName.SequenceEqual("codex.api_request"u8) ? LogFactKind.ModelStart
        : eventName.SequenceEqual("codex.tool_result"u8) ? LogFactKind.ToolResult
        : eventName.SequenceEqual("codex.tool_decision"u8) ? LogFactKind.ToolDecision
        : eventName.SequenceEqual("codex.conversation_starts"u8) ? LogFactKind.ProviderNamed
        : LogFactKind.Other;

    /// <inheritdoc/>
    public override void Complete(ref LogFacts facts, CallFacts call, AttributeView attributes)
    {
        Complete(call);
        switch (facts.Kind)
        {
            // The end of each answer is told twice, once with its tokens.
            case LogFactKind.ModelCall when !call.HasTokens:
                facts.Kind = LogFactKind.Other;
                break;
            case LogFactKind.ModelStart when call.StatusCode is >= 400 || call.ErrorType.Length > 0:
                facts.Kind = LogFactKind.ModelFailure;
                break;
            case LogFactKind.ModelStart when !attributes.Text("endpoint"u8).EndsWith("/responses"u8):
                facts.Kind = LogFactKind.Other;
                break;
            case LogFactKind.ToolResult:
                ReadOutcome(call, attributes);
                facts.Tool = call.Tool;
                break;
            case LogFactKind.ToolDecision:
                call.DecidedBy = call is { DecidedBy: "User", Decision: "abort" } ? "user_abort" : call.DecidedBy.ToLowerInvariant();
                break;
            case LogFactKind.ProviderNamed:
                call.Provider = Encoding.UTF8.GetString(attributes.Text("provider_name"u8));
                break;
        }
    }

    /// <inheritdoc/>
    public override void Complete(SpanFacts facts, CallFacts call, AttributeView attributes)
    {
        Complete(call);
        if (attributes.Number("codex.usage.reasoning_output_tokens"u8) is >= 0 and var reasoning)
        {
            call.Reasoning = reasoning;
        }
    }

    /// <inheritdoc/>
    internal override bool IsSession(SessionEvidence evidence, IReadOnlyList<Turn> turns) =>
        turns.Count > 0 || evidence.Notes.Any(note => note.Kind == LogFactKind.ProviderNamed);

    /// <inheritdoc/>
    internal override IEnumerable<MissingPart> Missing(SessionShape shape, SessionEvidence evidence) => CodexMissing.Of(shape, evidence);

    private static void Complete(CallFacts call)
    {
        // Each attempt has a record of its own, and the agent itself is a path like those of its subagents.
        call.Attempts = -1;
        call.Agent = call.Agent == "/root" ? "" : call.Agent[(call.Agent.LastIndexOf('/') + 1)..];
        if (call.McpServer.Length > 0 && call.Tool.Length > 0 && !call.Tool.StartsWith("mcp__", StringComparison.Ordinal))
        {
            call.Tool = $"mcp__{call.McpServer}__{call.Tool}";
        }
    }

    // A command that failed is a tool call that went well; only its output knows the exit code. What policy refuses has no
    // record of a decision, and again only the output says so.
    private static void ReadOutcome(CallFacts call, AttributeView attributes)
    {
        var output = attributes.Text("output"u8);
        call.ExitCode = ExitCodeOf(output);
        if (call.Success == true && call.ExitCode > 0)
        {
            call.Success = false;
            call.ErrorType = string.Create(CultureInfo.InvariantCulture, $"exit code {call.ExitCode}");
        }
        else if (call.Success == false && call.ExitCode < 0 && (output.IndexOf("rejected"u8) >= 0 || output.IndexOf("Rejected("u8) >= 0))
        {
            (call.Decision, call.DecidedBy, call.ErrorType) = ("rejected", "policy", "rejected");
        }

        if (call.Success == true)
        {
            var arguments = attributes.Text("arguments"u8);
            call.Changes = call.Tool == "apply_patch" ? PatchLines.Of(arguments) : ShellChanges.Of(arguments);
        }
    }

    // It stands in the head of the output, above what the command itself wrote.
    private static long ExitCodeOf(ReadOnlySpan<byte> output)
    {
        var end = output.IndexOf("Output:\n"u8);
        foreach (var line in (end < 0 ? default : output[..end]).Split((byte)'\n'))
        {
            var text = output[line];
            var code = text.StartsWith("Process exited with code "u8) ? text[25..] : text.StartsWith("Exit code: "u8) ? text[11..] : default;
            if (Utf8Parser.TryParse(code, out int number, out var read) && read == code.Length)
            {
                return number;
            }
        }

        return -1;
    }
}
