using System.Runtime.CompilerServices;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Providers;

/// <summary>Asks the provider to cache the conversation so far, and reports the tokens that went into its cache.</summary>
internal sealed class AnthropicChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    /// <summary>The name of the count of tokens written to the cache.</summary>
    public const string CacheWriteTokens = "CacheWriteTokens";

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = await base.GetResponseAsync(messages, options, cancellationToken);
        if (response.RawRepresentation is Message { Usage: var usage } && response.Usage is { } details)
        {
            Add(details, usage.CacheCreationInputTokens);
        }

        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long? written = null;
        await foreach (var update in base.GetStreamingResponseAsync(WithBreakpoint(messages), options, cancellationToken))
        {
            if (update.RawRepresentation is RawMessageStreamEvent raw && raw.TryPickStart(out var start))
            {
                written = start.Message.Usage.CacheCreationInputTokens;
            }

            foreach (var usage in update.Contents.OfType<UsageContent>())
            {
                Add(usage.Details, written);
            }

            yield return update;
        }
    }

    private static void Add(UsageDetails details, long? written)
    {
        if (written > 0)
        {
            (details.AdditionalCounts ??= [])[CacheWriteTokens] = written.Value;
        }
    }

    // Everything up to the mark is kept by the provider: instructions, tools and the conversation. The messages are the session's, so the mark goes on a copy.
    private static List<ChatMessage> WithBreakpoint(IEnumerable<ChatMessage> messages)
    {
        var marked = messages.ToList();
        if (marked is [.., { Contents: [.., var last] } message] && Copy(last) is { } copy)
        {
            marked[^1] = new ChatMessage(message.Role, [.. message.Contents.SkipLast(1), copy.WithCacheControl(Ttl.Ttl5m)]);
        }

        return marked;
    }

    private static AIContent? Copy(AIContent content) => content switch
    {
        TextContent text => new TextContent(text.Text),
        FunctionResultContent result => new FunctionResultContent(result.CallId, result.Result) { Exception = result.Exception },
        _ => null,
    };
}
