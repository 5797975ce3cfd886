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
