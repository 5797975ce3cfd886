using Gander.Agent.Configuration;

namespace Gander.Agent.Providers;

/// <summary>Connects to the providers that can be named in the configuration.</summary>
public static class ModelProviders
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["openai", "anthropic", "ollama", "openrouter"];

    /// <summary>A connection as the configuration wants it. Nothing is sent yet.</summary>
    /// <param name="configuration">Hosts, keys and limits.</param>
    /// <param name="selection">Which provider and model.</param>
    /// <param name="handler">What sends requests instead of the network.</param>
    /// <param name="time">The clock of timeouts.</param>
    /// <exception cref="AgentConfigurationException">The provider is not known, or its key is missing.</exception>
    public static ModelConnection Connect(AgentConfiguration configuration, ModelSelection selection, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(selection);
        var clock = time ?? TimeProvider.System;
        var facts = Facts(configuration, selection.Model);
        return selection.Provider switch
        {
            "openai" => OpenAiProvider.Connect(configuration, OpenAiFlavour.OpenAi, selection.Model, facts, handler, clock),
            "ollama" => OpenAiProvider.Connect(configuration, OpenAiFlavour.Ollama, selection.Model, facts, handler, clock),
            "openrouter" => OpenAiProvider.Connect(configuration, OpenAiFlavour.OpenRouter, selection.Model, facts, handler, clock),
            "anthropic" => AnthropicProvider.Connect(configuration, selection.Model, facts, handler, clock),
            var other => throw new AgentConfigurationException(
                $"There is no provider '{other}'. Providers are {string.Join(", ", Names)}; servers that speak OpenAI's protocol are 'openai' with OPENAI_HOST set to their address."),
        };
    }

    internal static ModelFacts Facts(AgentConfiguration configuration, string model)
    {
        var known = ModelCatalog.Find(model);
        return new ModelFacts(
            configuration.Number("GOOSE_CONTEXT_LIMIT", min: 1_000) ?? WholeNumber("contextLimit") ?? known.ContextLimit,
            Price("inputPrice") is { } input && Price("outputPrice") is { } output ? new ModelPrices(input, output, Price("cacheReadPrice"), Price("cacheWritePrice")) : known.Prices,
            configuration.Number("GOOSE_MAX_TOKENS", min: 1) ?? WholeNumber("maxTokens") ?? known.MaxOutputTokens);

        int? WholeNumber(string fact) => configuration.ModelFact(model, fact) is { } text
            ? int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Wrong(fact, text)
            : null;

        decimal? Price(string fact) => configuration.ModelFact(model, fact) is { } text
            ? decimal.TryParse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var price) && price >= 0 ? price : throw Wrong(fact, text)
            : null;

        AgentConfigurationException Wrong(string fact, string text) => new($"The configuration sets {fact} of the model {model} to '{text}', which should be a positive number.");
    }

    internal static HttpClient Http(ProviderEndpoint endpoint, RequestLabel label, HttpMessageHandler? handler, TimeProvider time)
    {
        var inner = handler ?? new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AllowAutoRedirect = false,

            // It would name a span of its own, which nobody exports; the handler names the call's.
            ActivityHeadersPropagator = null,
        };
        return new HttpClient(new ProviderHttpHandler(inner, endpoint, label, time)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    internal static Uri Address(AgentConfiguration configuration, string name, string otherwise)
    {
        var text = configuration.Text(name) ?? otherwise;
        var full = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(full, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new AgentConfigurationException($"{name} is '{Shown(text)}', which should be an address such as {otherwise}.");
    }

    // What is shown to a person holds neither the user nor the query of the address.
    internal static string Shown(Uri address) => address.GetComponents(UriComponents.Scheme | UriComponents.HostAndPort | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    // What is no address has no parts; a password ends before the last @.
    private static string Shown(string text) => text[(text.LastIndexOf('@') + 1)..];

    internal static TimeSpan AnswerTimeout(AgentConfiguration configuration, string name) => TimeSpan.FromSeconds(configuration.Number(name, min: 1, max: 86_400) ?? 600);
}
