using Anthropic;
using Anthropic.Core;
using Gander.Agent.Configuration;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Providers;

/// <summary>Claude models over Anthropic's API.</summary>
internal static class AnthropicProvider
{
    private const int DefaultMaxOutputTokens = 16_384;

    public static ModelConnection Connect(AgentConfiguration configuration, string model, ModelFacts facts, HttpMessageHandler? handler, TimeProvider time)
    {
        var host = ModelProviders.Address(configuration, "ANTHROPIC_HOST", "https://api.anthropic.com");
        var key = configuration.Secret("ANTHROPIC_API_KEY");
        if (key is null && configuration.Text("ANTHROPIC_HOST") is null)
        {
            throw new AgentConfigurationException("""
                The provider anthropic needs a key. Set it in the environment:
                  export ANTHROPIC_API_KEY=…
                """);
        }

        var label = new RequestLabel();
        var endpoint = new ProviderEndpoint(
            "anthropic",
            ModelProviders.Shown(host),
            "ANTHROPIC_HOST",
            "ANTHROPIC_API_KEY",
            key is not null,
            ModelProviders.AnswerTimeout(configuration, "ANTHROPIC_TIMEOUT"),
            new Dictionary<string, string>(StringComparer.Ordinal));
        var client = new AnthropicClient(new ClientOptions
        {
            BaseUrl = host.AbsoluteUri.TrimEnd('/'),
            ApiKey = key ?? "none",
            MaxRetries = 0,
            Timeout = endpoint.Timeout,
            HttpClient = ModelProviders.Http(endpoint, label, handler, time),
        });
        return new ModelConnection("anthropic", model, new AnthropicChatClient(client.AsIChatClient(model, facts.MaxOutputTokens ?? DefaultMaxOutputTokens)), facts, label);
    }
}
