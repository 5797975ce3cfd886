namespace Gander.Telemetry;

/// <summary>
/// The attribute keys Gander gives a column of their own, because lists and sessions ask for them. A promoted attribute keeps
/// its key and type: reading a record back gives the same attributes that were written.
/// </summary>
public static class AttributeKeys
{
    /// <summary>The session a record belongs to.</summary>
    public const string SessionId = "session.id";

    /// <summary>The session in the GenAI semantic conventions.</summary>
    public const string ConversationId = "gen_ai.conversation.id";

    /// <summary>The session as Codex names it. It has no column of its own, and names the session where neither of the others does.</summary>
    public const string PlainConversationId = "conversation.id";

    /// <summary>What the span does: chat, execute_tool, invoke_agent.</summary>
    public const string OperationName = "gen_ai.operation.name";

    /// <summary>The model that was asked for.</summary>
    public const string RequestModel = "gen_ai.request.model";

    /// <summary>The model that answered.</summary>
    public const string ResponseModel = "gen_ai.response.model";

    /// <summary>The provider of the model.</summary>
    public const string ProviderName = "gen_ai.provider.name";

    /// <summary>The agent's name inside its program.</summary>
    public const string AgentName = "gen_ai.agent.name";

    /// <summary>The tool that was called.</summary>
    public const string ToolName = "gen_ai.tool.name";

    /// <summary>The id of the tool call.</summary>
    public const string ToolCallId = "gen_ai.tool.call.id";

    /// <summary>Input tokens.</summary>
    public const string InputTokens = "gen_ai.usage.input_tokens";

    /// <summary>Output tokens.</summary>
    public const string OutputTokens = "gen_ai.usage.output_tokens";

    /// <summary>Input tokens read from the provider's cache.</summary>
    public const string CacheReadTokens = "gen_ai.usage.cache_read.input_tokens";

    /// <summary>Input tokens written to the provider's cache.</summary>
    public const string CacheWriteTokens = "gen_ai.usage.cache_creation.input_tokens";

    /// <summary>The low-cardinality reason of a failure.</summary>
    public const string ErrorType = "error.type";

    /// <summary>The user as the agent names them; Claude Code puts it on every record.</summary>
    public const string UserId = "user.id";

    /// <summary>The user's login name; a resource attribute. Ingest adds the token's user where it is missing.</summary>
    public const string UserName = "user.name";

    /// <summary>The user's team; a resource attribute. Ingest adds the token's team where it is missing.</summary>
    public const string TeamName = "team.name";

    /// <summary>The host; a resource attribute.</summary>
    public const string HostName = "host.name";

    /// <summary>The service; a resource attribute.</summary>
    public const string ServiceName = "service.name";

    /// <summary>The version of the service; a resource attribute.</summary>
    public const string ServiceVersion = "service.version";

    /// <summary>The process; a resource attribute that goose does not send.</summary>
    public const string ServiceInstanceId = "service.instance.id";

    /// <summary>
    /// The attributes of spans and log records that have a column, by key with the kind they must have; of another kind, or
    /// longer than <see cref="LongText.MaxShortBytes"/>, they are kept among the others.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, AttributeKind> Promoted = new Dictionary<string, AttributeKind>(StringComparer.Ordinal)
    {
        [SessionId] = AttributeKind.String,
        [ConversationId] = AttributeKind.String,
        [OperationName] = AttributeKind.String,
        [RequestModel] = AttributeKind.String,
        [ResponseModel] = AttributeKind.String,
        [ProviderName] = AttributeKind.String,
        [AgentName] = AttributeKind.String,
        [ToolName] = AttributeKind.String,
        [ToolCallId] = AttributeKind.String,
        [UserId] = AttributeKind.String,
        [ErrorType] = AttributeKind.String,
        [InputTokens] = AttributeKind.Int,
        [OutputTokens] = AttributeKind.Int,
        [CacheReadTokens] = AttributeKind.Int,
        [CacheWriteTokens] = AttributeKind.Int,
    };
}
