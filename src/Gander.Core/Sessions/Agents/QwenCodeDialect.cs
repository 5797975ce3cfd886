using System.Text;
using System.Text.Json;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;
using Gander.Telemetry;

namespace Gander.Sessions.Agents;

/// <summary>
/// Qwen Code: events in log records, and spans. Its metrics name no session and are not needed. A request that was repeated
/// shows only as several HTTP spans below one model call, and the spans of its hooks fail without anything having failed.
/// </summary>
internal sealed class QwenCodeDialect : CallDialect
{
    /// <inheritdoc/>
    public override string Agent => "qwen-code";

    /// <inheritdoc/>
    public override CallTexts Texts { get; } = new()
    {
        Prompt = ["prompt"],
        Answer = ["response_text"],
        ModelInput = ["request_text"],
        ToolInput = ["function_args"],
        Error = ["error", "error.message", "error_message"],
    };

    /// <inheritdoc/>
    public override bool Owns(Resource resource) => resource.ServiceName == Agent;

    /// <inheritdoc/>
    public override void ReadSpan(SpanFacts facts, in SpanHints hints) => facts.Role = facts.Name switch
    {
        "qwen-code.interaction" => SpanRole.Turn,
        "qwen-code.llm_request" => SpanRole.Model,
        "qwen-code.tool" => SpanRole.Tool,
        "qwen-code.tool.execution" => SpanRole.ToolRun,
        "qwen-code.tool.blocked_on_user" => SpanRole.Wait,
        "POST" => SpanRole.Attempt,
        _ => SpanRole.Other,
    };

    /// <inheritdoc/>
    public override LogFactKind KindOf(ReadOnlySpan<byte> eventName)
    {
        if (eventName.SequenceEqual("session.end"u8))
        {
            return LogFactKind.SessionEnd;
        }

        var prefix = "qwen-code."u8;
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
        if (facts.Kind != LogFactKind.ToolResult)
        {
            return;
        }

        // The response that asked for the tool is not a request of the tool's own.
        call.RequestId = "";
        call.Changes = ReadLines(attributes.Text("metadata"u8));
        if (call.Success == true && call.Tool == "run_shell_command")
        {
            call.Changes += ShellChanges.Of(attributes.Text("function_args"u8));
        }
    }

    /// <inheritdoc/>
    public override void Complete(SpanFacts facts, CallFacts call, AttributeView attributes)
    {
        call.Interrupted = facts.Role == SpanRole.Turn && attributes.Text("qwen-code.turn_status"u8).SequenceEqual("cancelled"u8);

        // A tool span says only that the tool failed; the span of its run says how.
        call.ErrorType = call.ErrorType == "tool_error" ? "" : call.ErrorType;
    }

    /// <inheritdoc/>
    internal override IEnumerable<MissingPart> Missing(SessionShape shape, SessionEvidence evidence)
    {
        var (hasSpans, hasLogs) = (evidence.Trees.Count > 0, evidence.Notes.Count > 0);
        if (!hasLogs)
        {
            yield return new MissingPart("lines, commits and pull requests", "no log records of this session arrived", "telemetry.otlpEndpoint in ~/.qwen/settings.json, without otlpLogsEndpoint");
        }

        if (!hasSpans)
        {
            yield return new MissingPart("attempts", "no spans of this session arrived, and repeated requests show in them alone", "telemetry.otlpEndpoint in ~/.qwen/settings.json, without otlpTracesEndpoint");
        }

        if (hasLogs && !shape.HasContent)
        {
            yield return new MissingPart("prompts and answers", "the texts are not logged", "telemetry.logPrompts: true in ~/.qwen/settings.json");
        }
    }

    // A map of counts, as OTLP/JSON: [{"key":"model_added_lines","value":{"intValue":"1"}},…].
    private static CodeChanges ReadLines(ReadOnlySpan<byte> metadata)
    {
        long? added = null, removed = null;
        try
        {
            var json = new Utf8JsonReader(metadata);
            var key = 0;
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("key"u8) && json.Read())
                {
                    key = json.TokenType != JsonTokenType.String ? 0
                        : json.ValueTextEquals("model_added_lines"u8) || json.ValueTextEquals("user_added_lines"u8) ? 1
                        : json.ValueTextEquals("model_removed_lines"u8) || json.ValueTextEquals("user_removed_lines"u8) ? 2 : 0;
                }
                else if (key != 0 && json.TokenType is JsonTokenType.String or JsonTokenType.Number)
                {
                    var text = Encoding.UTF8.GetString(json.ValueSpan);
                    if (long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var lines) && lines is >= 0 and < int.MaxValue)
                    {
                        added = key == 1 ? added.GetValueOrDefault() + lines : added;
                        removed = key == 2 ? removed.GetValueOrDefault() + lines : removed;
                    }

                    key = 0;
                }
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Cut off by the agent, or not a map at all: the lines stay unknown.
        }

        return new CodeChanges(added, removed, null, null);
    }
}
