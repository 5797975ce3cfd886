using System.Diagnostics;
using Gander.Agent.Loop;

namespace Gander.Agent.Telemetry;

/// <summary>
/// One call of a tool, from when it was decided on to its result: the span <c>dispatch_tool_call</c>. A call that is disposed
/// without <see cref="Complete"/> was cancelled.
/// </summary>
public sealed class ToolCallScope : TelemetryScope
{
    private readonly string _name;
    private bool _completed;

    internal ToolCallScope(SessionScope session, ReplyStreamScope parent, string name, string callId, IReadOnlyDictionary<string, object?>? arguments)
        : base(session, "dispatch_tool_call", parent)
    {
        _name = name;
        Set("gen_ai.operation.name", "execute_tool");
        Set("gen_ai.conversation.id", session.Start.SessionId);
        Set("gen_ai.tool.name", name);
        Set("gen_ai.tool.call.id", callId);
        Set("gen_ai.tool.type", "function");
        if (Telemetry.CapturesContent)
        {
            Set("gen_ai.tool.call.arguments", arguments is null ? null : GenAiMessages.Arguments(arguments));
            Set("input", GenAiMessages.ToolInput(name, arguments));
        }

        Session.Count("Tool call started", Telemetry.Instruments.ToolCalls, 1, Activity, new KeyValuePair<string, object?>("tool_name", name));
        Happened("WAITING_TOOL_START: " + name);
    }

    /// <summary>The tool answered, or was refused; a result that is an error makes the span a failed one.</summary>
    public void Complete(ToolResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (HasEnded || _completed)
        {
            return;
        }

        _completed = true;
        if (Telemetry.CapturesContent)
        {
            var json = GenAiMessages.Result(result);
            Set("gen_ai.tool.call.result", json);
            Set("output", $$"""{"status":"{{(result.IsError ? "error" : "success")}}","value":{{json}}}""");
        }

        if (result.IsError)
        {
            var type = result.ErrorType ?? "tool_error";
            Fail(type, Telemetry.CapturesContent && result.Text.Length > 0 ? Shorten(result.Text) : Describe(type));
        }
    }

    private protected override void OnEnding()
    {
        var error = ErrorType ?? (_completed ? null : "cancelled");
        if (error is not null && ErrorType is null)
        {
            Set("error.type", error);
            Activity?.SetStatus(ActivityStatusCode.Error, Describe(error));
        }

        Happened("WAITING_TOOL_END: " + _name);
        Session.Count(
            "Tool call completed",
            Telemetry.Instruments.ToolCompletions,
            1,
            Activity,
            new("tool_name", _name),
            new("result", error is null ? "success" : "error"));
        Telemetry.Instruments.ToolEnded(_name, error, Telemetry.Time.GetElapsedTime(StartedAt));
    }

    // What a tool answered is content: where that is not captured, only the class of the failure is told.
    private static string Describe(string errorType) => errorType switch
    {
        "tool_error" => "The tool answered with an error.",
        "tool_execution_error" => "The tool could not run.",
        "tool_not_available" => "There is no such tool.",
        "tool_arguments" => "The arguments could not be read.",
        "permission_denied" => "The call was denied.",
        "cancelled" => "The call was cancelled.",
        _ => "The call failed.",
    };

    private static string Shorten(string text) => text.Length <= 1_000 ? text : text[..1_000] + " …";
}
