#pragma warning disable OPENAI001 // The library marks its client of the responses API as one that may still change; the package version is pinned.
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Responses;

namespace Gander.Agent.Providers;

/// <summary>The responses API without the provider's memory: every request carries the whole conversation, reasoning included in a form only the provider can read.</summary>
internal sealed class OpenAiResponsesClient : DelegatingChatClient
{
    private OpenAiResponsesClient(IChatClient inner)
        : base(inner)
    {
    }

    public static IChatClient Create(OpenAIClient client, string model) => new OpenAiResponsesClient(client.GetResponsesClient().AsIChatClient(model));

    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, WithoutMemory(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, WithoutMemory(options), cancellationToken);

    private static ChatOptions WithoutMemory(ChatOptions? options)
    {
        var changed = options?.Clone() ?? new ChatOptions();
        changed.RawRepresentationFactory = _ => new CreateResponseOptions
        {
            StoredOutputEnabled = false,
            IncludedProperties = { IncludedResponseProperty.ReasoningEncryptedContent },
        };
        return changed;
    }
}
