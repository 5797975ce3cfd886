using System.Text;
using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>Recognises attribute keys by their bytes, in a few nanoseconds each: one probe of a table, one comparison.</summary>
internal static class AttributeNames
{
    private const int Mask = 1023;

    private static readonly (byte[] Key, AttributeName Name)[][] Table = Build(new()
    {
        [AttributeKeys.SessionId] = AttributeName.SessionId,
        [AttributeKeys.ConversationId] = AttributeName.ConversationId,
        [AttributeKeys.PlainConversationId] = AttributeName.PlainConversationId,
        [AttributeKeys.OperationName] = AttributeName.Operation,
        [AttributeKeys.RequestModel] = AttributeName.RequestModel,
        [AttributeKeys.ResponseModel] = AttributeName.ResponseModel,
        ["gen_ai.response.id"] = AttributeName.ResponseId,
        ["gen_ai.response.finish_reasons"] = AttributeName.FinishReasons,
        [AttributeKeys.ProviderName] = AttributeName.Provider,
        ["gen_ai.system"] = AttributeName.OldProvider,
        [AttributeKeys.AgentName] = AttributeName.AgentName,
        [AttributeKeys.ToolName] = AttributeName.ToolName,
        [AttributeKeys.ErrorType] = AttributeName.ErrorType,
        [AttributeKeys.InputTokens] = AttributeName.InputTokens,
        ["gen_ai.usage.prompt_tokens"] = AttributeName.InputTokens,
        [AttributeKeys.OutputTokens] = AttributeName.OutputTokens,
        ["gen_ai.usage.completion_tokens"] = AttributeName.OutputTokens,
        [AttributeKeys.CacheReadTokens] = AttributeName.CacheReadTokens,
        [AttributeKeys.CacheWriteTokens] = AttributeName.CacheCreationTokens,
        ["gen_ai.usage.cache_write.input_tokens"] = AttributeName.CacheWriteTokens,
        ["gen_ai.usage.reasoning.output_tokens"] = AttributeName.ReasoningTokens,
        ["goose.chat.purpose"] = AttributeName.ChatPurpose,
        ["user_message"] = AttributeName.UserMessage,
        ["trace_input"] = AttributeName.TraceInput,
        ["gen_ai.tool.call.arguments"] = AttributeName.ToolArguments,
        ["gen_ai.tool.call.result"] = AttributeName.ToolResult,
        ["input"] = AttributeName.Input,
        ["output"] = AttributeName.Output,
        ["gen_ai.input.messages"] = AttributeName.InputMessages,
        ["gen_ai.output.messages"] = AttributeName.OutputMessages,
        ["level"] = AttributeName.Level,
        ["monotonic_counter.goose.session_starts"] = AttributeName.StartsCounter,
        ["monotonic_counter.goose.session_completions"] = AttributeName.CompletionsCounter,
        ["monotonic_counter.goose.session_tokens"] = AttributeName.TokensCounter,
        ["monotonic_counter.goose.tool_calls"] = AttributeName.ToolCallsCounter,
        ["monotonic_counter.goose.tool_completions"] = AttributeName.ToolCompletionsCounter,
        ["session_type"] = AttributeName.SessionType,
        ["exit_type"] = AttributeName.ExitType,
        ["duration_ms"] = AttributeName.DurationMs,
        ["total_tokens"] = AttributeName.TotalTokens,
        ["message_count"] = AttributeName.MessageCount,
        ["tool_name"] = AttributeName.LogToolName,
        ["result"] = AttributeName.Result,
        [AttributeKeys.ToolCallId] = AttributeName.ToolCallId,
        ["gen_ai.tool.call_id"] = AttributeName.ToolCallId,
        ["tool_use_id"] = AttributeName.ToolCallId,
        ["call_id"] = AttributeName.ToolCallId,
        ["event.name"] = AttributeName.EventName,
        ["event.sequence"] = AttributeName.EventSequence,
        ["event.kind"] = AttributeName.EventKind,
        ["codex.tool.phase"] = AttributeName.ToolPhase,
        ["prompt.id"] = AttributeName.PromptId,
        ["prompt_id"] = AttributeName.PromptId,
        ["qwen-code.prompt_id"] = AttributeName.PromptId,
        ["turn.id"] = AttributeName.PromptId,
        ["turn_id"] = AttributeName.PromptId,
        ["github.copilot.interaction_id"] = AttributeName.PromptId,
        ["model"] = AttributeName.PlainModel,
        ["input_tokens"] = AttributeName.InputTokens,
        ["input_token_count"] = AttributeName.InputTokens,
        ["output_tokens"] = AttributeName.OutputTokens,
        ["output_token_count"] = AttributeName.OutputTokens,
        ["cache_read_tokens"] = AttributeName.CacheReadTokens,
        ["cached_token_count"] = AttributeName.CacheReadTokens,
        ["cached_content_token_count"] = AttributeName.CacheReadTokens,
        ["ai.usage.cachedInputTokens"] = AttributeName.CacheReadTokens,
        ["cache_creation_tokens"] = AttributeName.CacheWriteTokens,
        ["cache_write_token_count"] = AttributeName.CacheWriteTokens,
        ["cache_creation_5m_tokens"] = AttributeName.CacheWriteFiveMinutes,
        ["cache_creation_1h_tokens"] = AttributeName.CacheWriteOneHour,
        ["reasoning_token_count"] = AttributeName.ReasoningTokens,
        ["thoughts_token_count"] = AttributeName.ReasoningTokens,
        ["ai.usage.reasoningTokens"] = AttributeName.ReasoningTokens,
        ["cost_usd"] = AttributeName.CostUsd,
        ["ttft_ms"] = AttributeName.FirstByteMs,
        ["ai.response.msToFirstChunk"] = AttributeName.FirstByteMs,
        ["gen_ai.response.time_to_first_chunk"] = AttributeName.FirstByteSeconds,
        ["request_id"] = AttributeName.RequestId,
        ["response_id"] = AttributeName.RequestId,
        ["success"] = AttributeName.Success,
        ["status_code"] = AttributeName.StatusCode,
        ["http.response.status_code"] = AttributeName.StatusCode,
        ["process.exit.code"] = AttributeName.ExitCode,
        ["attempt"] = AttributeName.Attempt,
        ["decision"] = AttributeName.Decision,
        ["source"] = AttributeName.DecisionSource,
        ["error_type"] = AttributeName.PlainErrorType,
        ["error"] = AttributeName.ErrorText,
        ["error.message"] = AttributeName.ErrorText,
        ["anthropic.mcp.server.name"] = AttributeName.McpServer,
        ["mcp_server.name"] = AttributeName.McpServer,
        ["mcp.server.name"] = AttributeName.McpServer,
        ["mcp_server_name"] = AttributeName.McpServer,
        ["mcp_server"] = AttributeName.McpServer,
        ["function_name"] = AttributeName.LogToolName,
        ["ai.toolCall.name"] = AttributeName.LogToolName,
        ["tool.name"] = AttributeName.LogToolName,
        ["ai.toolCall.id"] = AttributeName.ToolCallId,
        ["tool.call_id"] = AttributeName.ToolCallId,
        ["query_source"] = AttributeName.SubagentName,
        ["query_source_safe"] = AttributeName.SubagentName,
        ["subagent_name"] = AttributeName.SubagentName,
        ["agent_name"] = AttributeName.SubagentName,
        ["agent_type"] = AttributeName.SubagentName,
        ["command_name"] = AttributeName.CommandName,
        ["prompt"] = AttributeName.Prompt,
        ["user_prompt"] = AttributeName.Prompt,
        ["response"] = AttributeName.CapturedText,
        ["response_text"] = AttributeName.CapturedText,
        ["tool_input"] = AttributeName.CapturedText,
        ["full_command"] = AttributeName.CapturedText,
        ["arguments"] = AttributeName.CapturedText,
        ["function_args"] = AttributeName.CapturedText,
        ["user.email"] = AttributeName.UserEmail,
        ["user.account_uuid"] = AttributeName.UserAccount,
        ["user.account_id"] = AttributeName.UserAccount,
        ["organization.id"] = AttributeName.Organization,
        [AttributeKeys.UserId] = AttributeName.Installation,
        ["installation.id"] = AttributeName.Installation,
        ["gen_ai.usage.cache_read_input_tokens"] = AttributeName.CacheReadTokens,
        ["gen_ai.usage.cache_creation_input_tokens"] = AttributeName.CacheCreationTokens,
        ["gen_ai.usage.reasoning_tokens"] = AttributeName.ReasoningTokens,
        ["llm.usage.prompt_tokens"] = AttributeName.InputTokens,
        ["llm.usage.completion_tokens"] = AttributeName.OutputTokens,
        ["llm.usage.reasoning_tokens"] = AttributeName.ReasoningTokens,
        ["llm.token_count.prompt"] = AttributeName.InputTokens,
        ["llm.token_count.completion"] = AttributeName.OutputTokens,
        ["llm.token_count.prompt_details.cache_read"] = AttributeName.CacheReadTokens,
        ["llm.token_count.prompt_details.cache_write"] = AttributeName.CacheWriteTokens,
        ["llm.token_count.completion_details.reasoning"] = AttributeName.ReasoningTokens,
        ["llm.model_name"] = AttributeName.RequestModel,
        ["llm.provider"] = AttributeName.Provider,
        ["llm.system"] = AttributeName.OldProvider,
        ["openinference.span.kind"] = AttributeName.SpanKind,
        ["traceloop.span.kind"] = AttributeName.SpanKind,
        ["llm.request.type"] = AttributeName.SpanKind,
        ["traceloop.entity.name"] = AttributeName.EntityName,
        ["type"] = AttributeName.TokenType,
        ["token_type"] = AttributeName.TokenType,
        ["gen_ai.token.type"] = AttributeName.TokenType,
    });

    /// <summary>The name of a key, or <see cref="AttributeName.Unknown"/>.</summary>
    public static AttributeName Of(ReadOnlySpan<byte> key)
    {
        if (key.Length < 4)
        {
            return AttributeName.Unknown;
        }

        foreach (ref readonly var entry in Table[Slot(key)].AsSpan())
        {
            if (key.SequenceEqual(entry.Key))
            {
                return entry.Name;
            }
        }

        return AttributeName.Unknown;
    }

    private static int Slot(ReadOnlySpan<byte> key) =>
        ((key.Length * 131) + (key[0] * 7) + (key[^1] * 31) + (key[key.Length / 2] * 61) + (key[^3] * 17)) & Mask;

    private static (byte[] Key, AttributeName Name)[][] Build(Dictionary<string, AttributeName> names)
    {
        var table = new List<(byte[], AttributeName)>[Mask + 1];
        foreach (var (key, name) in names)
        {
            var bytes = Encoding.UTF8.GetBytes(key);
            (table[Slot(bytes)] ??= []).Add((bytes, name));
        }

        return [.. table.Select(slot => slot is null ? [] : slot.ToArray())];
    }
}
