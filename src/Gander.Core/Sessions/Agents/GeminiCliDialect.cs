using System.Globalization;
using System.Text.Json;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// Gemini CLI: events in log records, metrics that name the session, and spans that share no root. Records of tools do not name
/// the call, spans of tools that failed say OK, and what a tool did stands as JSON inside one attribute of its record.
/// </summary>
internal sealed class GeminiCliDialect : CallDialect
{
    // Tools that it has and does not offer where it may not ask: a call of one of them was refused, not misnamed.
    private static readonly string[] Withheld = ["run_shell_command", "write_file", "replace", "edit", "web_fetch", "save_memory"];

    /// <inheritdoc/>
    public override string Agent => "gemini-cli";

    /// <inheritdoc/>
    public override bool SendsItsVersion => false;

    /// <inheritdoc/>
    public override TokenCounting Counting => TokenCounting.OutputWithoutReasoning;

    /// <inheritdoc/>
    public override CallTexts Texts { get; } = new()
    {
        Prompt = ["prompt"],
        Answer = ["response_text", "gen_ai.output.messages"],
        ModelInput = ["request_text", "gen_ai.input.messages"],
        ToolInput = ["function_args", "gen_ai.input.messages"],
        ToolOutput = ["gen_ai.output.messages"],
        Error = ["error", "error.message"],
    };

    /// <inheritdoc/>
    public override bool Owns(Resource resource) => resource.ServiceName == Agent;

    /// <inheritdoc/>
    public override void ReadSpan(SpanFacts facts, in SpanHints hints) => facts.Role = facts.Name switch
    {
        "llm_call" => SpanRole.Model,
        "tool_call" => SpanRole.Tool,
        _ => SpanRole.Other,
    };

    /// <inheritdoc/>
    public override LogFactKind KindOf(ReadOnlySpan<byte> eventName)
    {
        var prefix = "gemini_cli."u8;
        var name = eventName.StartsWith(prefix) ? eventName[prefix.Length..] : default;
        return name.SequenceEqual("user_prompt"u8) ? LogFactKind.UserPrompt
            : name.SequenceEqual("api_response"u8) ? LogFactKind.ModelCall
            : name.SequenceEqual("api_error"u8) ? LogFactKind.ModelFailure
            : name.SequenceEqual("tool_call"u8) ? LogFactKind.ToolResult
            : LogFactKind.Other;
    }

    /// <inheritdoc/>
    public override void Complete(ref LogFacts facts, CallFacts call, AttributeView attributes)
    {
        Complete(call, facts.Session, attributes);
        if (facts.Kind == LogFactKind.ToolResult)
        {
            ReadMetadata(attributes.Text("metadata"u8), call);
            if (call.ErrorType == "tool_not_registered" && Withheld.Contains(call.Tool))
            {
                (call.Decision, call.DecidedBy) = ("denied", "policy");
            }

            if (call.Success == true && call.Tool == "run_shell_command")
            {
                call.Changes += ShellChanges.Of(attributes.Text("function_args"u8));
            }
        }
        else if (attributes.Number("tool_token_count"u8) is > 0 and var tokens && call.Input >= 0)
        {
            // What tools inside the model read is counted beside the prompt.
            call.Input += tokens;
        }
    }

    /// <inheritdoc/>
    public override void Complete(SpanFacts facts, CallFacts call, AttributeView attributes)
    {
        Complete(call, facts.Session, attributes);

        // Spans of tools say OK whatever happened. Where contents are captured they tell of some failures, but a shell command
        // that failed is a success there too.
        call.Success = facts.Role == SpanRole.Model ? facts.Status == 1 ? true : null
            : attributes.Text("gen_ai.output.messages"u8).StartsWith("{\"status\":\"error\""u8) ? false
            : null;
    }

    /// <inheritdoc/>
    public override bool KnowsMetric(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("gemini_cli.token.usage"u8) || name.SequenceEqual("gemini_cli.lines.changed"u8) || name.SequenceEqual("gemini_cli.session.count"u8);

    /// <inheritdoc/>
    public override PointFactKind KindOfPoint(ReadOnlySpan<byte> name, ReadOnlySpan<byte> type) =>
        name.SequenceEqual("gemini_cli.session.count"u8) ? PointFactKind.Alive
        : name.SequenceEqual("gemini_cli.lines.changed"u8)
            ? type.SequenceEqual("added"u8) ? PointFactKind.LinesAdded : type.SequenceEqual("removed"u8) ? PointFactKind.LinesRemoved : PointFactKind.None
        : type.SequenceEqual("input"u8) || type.SequenceEqual("tool"u8) ? PointFactKind.InputTokens
        : type.SequenceEqual("output"u8) ? PointFactKind.OutputTokens
        : type.SequenceEqual("cache"u8) ? PointFactKind.CacheReadTokens
        : type.SequenceEqual("thought"u8) ? PointFactKind.ReasoningTokens
        : PointFactKind.None;

    /// <inheritdoc/>
    internal override bool IsSession(SessionEvidence evidence, IReadOnlyList<Turn> turns) =>
        turns.Count > 0 || evidence.Points.Any(point => point.Kind != PointFactKind.Alive);

    /// <inheritdoc/>
    internal override IEnumerable<MissingPart> Missing(SessionShape shape, SessionEvidence evidence)
    {
        var (hasSpans, hasLogs) = (evidence.Trees.Count > 0, evidence.Notes.Count > 0);
        if (!hasSpans && !hasLogs)
        {
            yield return new MissingPart("turns, model calls and tool calls", "only metrics of this session arrived", "telemetry.otlpEndpoint in ~/.gemini/settings.json");
        }
        else if (!hasLogs)
        {
            yield return new MissingPart(
                "turns, cached and reasoning tokens, tool calls that were refused, tool outcome, denials, lines, commits and pull requests",
                "no log records of this session arrived, and spans tell no more than that calls were made",
                "telemetry.otlpEndpoint in ~/.gemini/settings.json");
        }
        else if (!shape.HasContent)
        {
            yield return new MissingPart("prompts", "the texts are not logged", "telemetry.logPrompts: true in ~/.gemini/settings.json");
        }
    }

    private static void Complete(CallFacts call, string session, AttributeView attributes)
    {
        // In runs without a terminal the session's id stands in for that of the prompt, also when there are several prompts.
        call.PromptId = call.PromptId == session ? "" : call.PromptId;
        call.Provider = call.Provider.Length > 0 || call.Model.Length == 0 ? call.Provider : "gcp.gen_ai";
        call.Agent = attributes.Text("role"u8).SequenceEqual("subagent"u8) ? "subagent" : "";
    }

    private static void ReadMetadata(ReadOnlySpan<byte> metadata, CallFacts call)
    {
        long? added = null, removed = null;
        int? exit = null;
        try
        {
            var json = new Utf8JsonReader(metadata);
            while (!metadata.IsEmpty && json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                {
                    continue;
                }

                var isAdded = json.ValueTextEquals("model_added_lines"u8) || json.ValueTextEquals("user_added_lines"u8);
                var isRemoved = json.ValueTextEquals("model_removed_lines"u8) || json.ValueTextEquals("user_removed_lines"u8);
                var isExit = json.ValueTextEquals("exitCode"u8);
                json.Read();
                if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number))
                {
                    added = isAdded && number >= 0 ? added.GetValueOrDefault() + number : added;
                    removed = isRemoved && number >= 0 ? removed.GetValueOrDefault() + number : removed;
                    exit = isExit ? number : exit;
                }

                json.TrySkip();
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Cut off by the agent: what was read until there stays.
        }

        call.Changes = new CodeChanges(added, removed, null, null);
        if (call.Success == true && exit is { } code && code != 0)
        {
            (call.Success, call.ExitCode) = (false, code);
            call.ErrorType = string.Create(CultureInfo.InvariantCulture, $"exit code {code}");
        }
    }
}
