using Gander.Telemetry;
using Gander.Web.Content;

namespace Gander.Web.Records;

/// <summary>How a waterfall shows a span: the kind of work, what it worked on, whether it failed.</summary>
/// <param name="Look">The kind (<see cref="StepLook"/>).</param>
/// <param name="Detail">The model, the tool or the agent; empty when there is none.</param>
/// <param name="Failed">Whether the span says that it failed, by its status or by <c>error.type</c>.</param>
internal readonly record struct SpanLook(string Look, string Detail, bool Failed)
{
    /// <summary>Reads the look of a span from its name and attributes.</summary>
    public static SpanLook Of(SpanBatch batch, int row)
    {
        var attributes = batch.AttributeRanges[row];
        var name = batch.Text.ToString(batch.Names[row]);
        var operation = batch.Attribute(attributes, AttributeKeys.OperationName);
        var tool = batch.Attribute(attributes, AttributeKeys.ToolName);
        var model = batch.Attribute(attributes, AttributeKeys.RequestModel);
        var failed = batch.StatusCodes[row] == 2 || batch.Attribute(attributes, AttributeKeys.ErrorType) is { Length: > 0 };
        return (operation, name) switch
        {
            ("execute_tool", _) or (_, "dispatch_tool_call" or "execute_tool") => new(StepLook.OfTool(tool ?? ""), tool ?? "", failed),
            ("chat" or "generate_content" or "text_completion", _) or (_, "chat" or "complete" or "stream_response_from_provider") => new("model", model ?? "", failed),
            (_, "reply" or "reply_stream" or "interaction" or "claude_code.interaction") => new("turn", batch.Attribute(attributes, AttributeKeys.AgentName) is { } agent and not "goose" ? agent : "", failed),
            ("invoke_agent" or "create_agent", _) => new("subagent", batch.Attribute(attributes, AttributeKeys.AgentName) ?? "", failed),
            (_, _) when name.EndsWith("llm_request", StringComparison.Ordinal) => new("model", model ?? "", failed),
            (_, _) when name.Contains("blocked_on_user", StringComparison.Ordinal) => new("wait", "", failed),
            (_, _) when tool is not null => new(StepLook.OfTool(tool), tool, failed),
            (_, _) when model is not null => new("model", model, failed),
            _ => new("other", "", failed),
        };
    }
}
