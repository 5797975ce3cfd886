using System.Text;

namespace Gander.Load.Generation;

/// <summary>Attribute keys and frequent values as UTF-8, made once.</summary>
internal static class Keys
{
    public static readonly byte[] ServiceName = Utf8("service.name");
    public static readonly byte[] ServiceVersion = Utf8("service.version");
    public static readonly byte[] HostName = Utf8("host.name");
    public static readonly byte[] HostArch = Utf8("host.arch");
    public static readonly byte[] OsType = Utf8("os.type");
    public static readonly byte[] OsVersion = Utf8("os.version");
    public static readonly byte[] RuntimeName = Utf8("process.runtime.name");
    public static readonly byte[] SdkLanguage = Utf8("telemetry.sdk.language");
    public static readonly byte[] Environment = Utf8("deployment.environment.name");

    public static readonly byte[] SessionId = Utf8("session.id");
    public static readonly byte[] UserId = Utf8("user.id");
    public static readonly byte[] Project = Utf8("project.name");
    public static readonly byte[] Branch = Utf8("vcs.ref.head.name");
    public static readonly byte[] Terminal = Utf8("terminal.type");
    public static readonly byte[] Turn = Utf8("agent.turn");
    public static readonly byte[] Thread = Utf8("thread.id");
    public static readonly byte[] Operation = Utf8("gen_ai.operation.name");
    public static readonly byte[] PromptId = Utf8("prompt.id");
    public static readonly byte[] Provider = Utf8("gen_ai.provider.name");
    public static readonly byte[] RequestModel = Utf8("gen_ai.request.model");
    public static readonly byte[] InputTokens = Utf8("gen_ai.usage.input_tokens");
    public static readonly byte[] OutputTokens = Utf8("gen_ai.usage.output_tokens");
    public static readonly byte[] CacheReadTokens = Utf8("gen_ai.usage.cache_read.input_tokens");
    public static readonly byte[] Cost = Utf8("gen_ai.cost_usd");
    public static readonly byte[] ResponseId = Utf8("gen_ai.response.id");
    public static readonly byte[] FinishReasons = Utf8("gen_ai.response.finish_reasons");
    public static readonly byte[] ToolName = Utf8("gen_ai.tool.name");
    public static readonly byte[] ToolCallId = Utf8("gen_ai.tool.call.id");
    public static readonly byte[] Success = Utf8("success");
    public static readonly byte[] ToolInput = Utf8("tool.input");
    public static readonly byte[] ToolOutput = Utf8("tool.output");
    public static readonly byte[] EventName = Utf8("event.name");
    public static readonly byte[] EventSequence = Utf8("event.sequence");
    public static readonly byte[] Duration = Utf8("duration_ms");
    public static readonly byte[] BodyLength = Utf8("body.length");
    public static readonly byte[] TokenType = Utf8("gen_ai.token.type");
    public static readonly byte[] ExceptionType = Utf8("exception.type");
    public static readonly byte[] ExceptionMessage = Utf8("exception.message");

    public static readonly byte[] Chat = Utf8("chat");
    public static readonly byte[] ExecuteTool = Utf8("execute_tool");
    public static readonly byte[] InvokeAgent = Utf8("invoke_agent");
    public static readonly byte[] Vscode = Utf8("vscode");
    public static readonly byte[] Anthropic = Utf8("anthropic");
    public static readonly byte[] ToolUse = Utf8("[\"tool_use\"]");

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
