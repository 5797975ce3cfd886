using System.Text;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Records;

/// <summary>
/// Which attributes have a column, and finding the column of a key without making a string. The session ids share
/// columns of their own and are found here under negative numbers.
/// </summary>
internal static class PromotedColumns
{
    public const int Count = 13;
    public const int None = int.MinValue;
    public const int SessionId = -1;
    public const int ConversationId = -2;
    public const int PlainConversationId = -3;

    /// <summary>The columns, from <see cref="SharedColumns.FirstPromoted"/> on; texts before numbers.</summary>
    public static IReadOnlyList<PromotedColumn> All { get; } =
    [
        new(AttributeKeys.OperationName, "operation", AttributeKind.String),
        new(AttributeKeys.RequestModel, "request_model", AttributeKind.String),
        new(AttributeKeys.ResponseModel, "response_model", AttributeKind.String),
        new(AttributeKeys.ProviderName, "provider", AttributeKind.String),
        new(AttributeKeys.AgentName, "agent_name", AttributeKind.String),
        new(AttributeKeys.ToolName, "tool_name", AttributeKind.String),
        new(AttributeKeys.ToolCallId, "tool_call_id", AttributeKind.String),
        new(AttributeKeys.UserId, "user_id", AttributeKind.String),
        new(AttributeKeys.ErrorType, "error_type", AttributeKind.String),
        new(AttributeKeys.InputTokens, "input_tokens", AttributeKind.Int),
        new(AttributeKeys.OutputTokens, "output_tokens", AttributeKind.Int),
        new(AttributeKeys.CacheReadTokens, "cache_read_tokens", AttributeKind.Int),
        new(AttributeKeys.CacheWriteTokens, "cache_write_tokens", AttributeKind.Int),
    ];

    // Below the list it is made of: static members come into being in the order they are written.
    private static readonly (byte[] Key, int Column)[][] ByLength = Index();

    /// <summary>The column for an attribute as it stands, or <see cref="None"/> when it belongs among the others.</summary>
    public static int Find(ReadOnlySpan<byte> key, AttributeKind kind, int textBytes)
    {
        if (key.Length >= ByLength.Length || textBytes > LongText.MaxShortBytes)
        {
            return None;
        }

        foreach (var (candidate, column) in ByLength[key.Length])
        {
            if (key.SequenceEqual(candidate))
            {
                var expected = column < 0 ? AttributeKind.String : All[column].Kind;
                return kind == expected ? column : None;
            }
        }

        return None;
    }

    private static (byte[] Key, int Column)[][] Index()
    {
        var columns = All.Select((column, index) => (Key: Encoding.UTF8.GetBytes(column.Key), Column: index))
            .Append((Key: Encoding.UTF8.GetBytes(AttributeKeys.SessionId), Column: SessionId))
            .Append((Key: Encoding.UTF8.GetBytes(AttributeKeys.ConversationId), Column: ConversationId))
            .Append((Key: Encoding.UTF8.GetBytes(AttributeKeys.PlainConversationId), Column: PlainConversationId))
            .ToLookup(entry => entry.Key.Length);
        return [.. Enumerable.Range(0, columns.Max(group => group.Key) + 1).Select(length => columns[length].ToArray())];
    }
}
