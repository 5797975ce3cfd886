using System.ClientModel;
using System.ClientModel.Primitives;
using Gander.Agent.Configuration;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Gander.Agent.Providers;

/// <summary>OpenAI and everything that speaks its protocol: chat completions, and responses for models that want them.</summary>
internal static class OpenAiProvider
{
    private const string ChatPath = "chat/completions";
    private const string ResponsesPath = "responses";

    public static ModelConnection Connect(AgentConfiguration configuration, OpenAiFlavour flavour, string model, ModelFacts facts, HttpMessageHandler? handler, TimeProvider time)
    {
        var host = ModelProviders.Address(configuration, flavour.HostName, flavour.Host);
        var key = configuration.Secret(flavour.KeyName);
        if (key is null && configuration.Text(flavour.HostName) is null && flavour != OpenAiFlavour.Ollama)
        {
            throw new AgentConfigurationException($"""
                The provider {flavour.Name} needs a key. Set it in the environment:
                  export {flavour.KeyName}=…
                or, for a server that needs none, set its address:
                  export {flavour.HostName}=http://127.0.0.1:8080
                """);
        }

        var path = (flavour == OpenAiFlavour.OpenAi ? configuration.Text("OPENAI_BASE_PATH") : null)?.Trim('/');
        var useResponses = UsesResponses(path, flavour, model);
        var label = new RequestLabel();
        var endpoint = new ProviderEndpoint(
            flavour.Name,
            ModelProviders.Shown(host),
            flavour.HostName,
            flavour.KeyName,
            key is not null,
            ModelProviders.AnswerTimeout(configuration, $"{flavour.Name.ToUpperInvariant()}_TIMEOUT"),
            Headers(configuration, flavour));
        var options = new OpenAIClientOptions
        {
            Endpoint = new Uri($"{host.AbsoluteUri.TrimEnd('/')}/{BasePath(path ?? flavour.Path)}"),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(ModelProviders.Http(endpoint, label, handler, time)),
            NetworkTimeout = endpoint.Timeout,
            ProjectId = flavour == OpenAiFlavour.OpenAi ? configuration.Text("OPENAI_PROJECT") : null,
            OrganizationId = flavour == OpenAiFlavour.OpenAi ? configuration.Text("OPENAI_ORGANIZATION") : null,
        };
        var client = new OpenAIClient(new ApiKeyCredential(key ?? "none"), options);
        var chat = useResponses ? OpenAiResponsesClient.Create(client, model) : client.GetChatClient(model).AsIChatClient();
        return new ModelConnection(flavour.Name, model, chat, facts, label);
    }

    /// <summary>Reasoning models of OpenAI keep their thoughts between calls only over responses. A path that names one API decides.</summary>
    internal static bool UsesResponses(string? path, OpenAiFlavour flavour, string model)
    {
        if (path is not null && (path.EndsWith(ResponsesPath, StringComparison.Ordinal) || path.EndsWith(ChatPath, StringComparison.Ordinal)))
        {
            return path.EndsWith(ResponsesPath, StringComparison.Ordinal);
        }

        return flavour.HasResponses &&
            (model.StartsWith("gpt-5", StringComparison.OrdinalIgnoreCase) ||
             model.Contains("codex", StringComparison.OrdinalIgnoreCase) ||
             (model.StartsWith('o') && model.EndsWith("-pro", StringComparison.OrdinalIgnoreCase)));
    }

    private static string BasePath(string path)
    {
        foreach (var api in (ReadOnlySpan<string>)[ChatPath, ResponsesPath])
        {
            if (path.EndsWith(api, StringComparison.Ordinal))
            {
                return path[..^api.Length].TrimEnd('/');
            }
        }

        return path;
    }

    // NAME=VALUE or NAME: VALUE, one a comma.
    private static Dictionary<string, string> Headers(AgentConfiguration configuration, OpenAiFlavour flavour)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in flavour == OpenAiFlavour.OpenAi ? configuration.Secret("OPENAI_CUSTOM_HEADERS")?.Split(',') ?? [] : [])
        {
            var at = pair.AsSpan().IndexOfAny('=', ':');
            if (at > 0)
            {
                headers[pair[..at].Trim()] = pair[(at + 1)..].Trim();
            }
        }

        return headers;
    }
}
