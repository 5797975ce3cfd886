namespace Gander.Agent.Configuration;

/// <summary>Which provider answers, with which model.</summary>
/// <param name="Provider">The provider's name in lower case: <c>openai</c>, <c>anthropic</c>, <c>ollama</c>, <c>openrouter</c>.</param>
/// <param name="Model">The model as the provider calls it.</param>
public sealed record ModelSelection(string Provider, string Model)
{
    // Each place is asked for both settings in turn, so that a model is never given to the provider of another place.
    internal static ModelSelection From(AgentConfiguration configuration, Func<string, string?> setting, ConfigurationFile[] files)
    {
        var provider = (setting("GOOSE_PROVIDER") ?? files.Select(ChosenProvider).FirstOrDefault(name => name is not null))?.ToLowerInvariant();
        var model = setting("GOOSE_MODEL");
        foreach (var file in files)
        {
            model ??= provider is null ? null : file.Find("providers").At(provider).At("model").Text();
            model ??= ChosenProvider(file) is { } chosen && !string.Equals(chosen, provider, StringComparison.OrdinalIgnoreCase) ? null : file.Find("GOOSE_MODEL").Text();
        }

        if (provider is null)
        {
            throw new AgentConfigurationException(Missing(configuration, "No model provider is configured.", "openai", model ?? "gpt-4o"));
        }

        return model is null
            ? throw new AgentConfigurationException(Missing(configuration, $"No model is configured for the provider {provider}.", provider, Example(provider)))
            : new ModelSelection(provider, model);
    }

    private static string? ChosenProvider(ConfigurationFile file) => file.Find("active_provider").Text() ?? file.Find("GOOSE_PROVIDER").Text();

    private static string Example(string provider) => provider switch
    {
        "anthropic" => "claude-sonnet-4-5",
        "ollama" => "qwen3",
        "openrouter" => "anthropic/claude-sonnet-4.5",
        _ => "gpt-4o",
    };

    private static string Missing(AgentConfiguration configuration, string what, string provider, string model)
    {
        var key = provider switch { "ollama" => "", "anthropic" => " ANTHROPIC_API_KEY=…", "openrouter" => " OPENROUTER_API_KEY=…", _ => " OPENAI_API_KEY=…" };
        return $"""
            {what} Set one in the environment:
              export GOOSE_PROVIDER={provider} GOOSE_MODEL={model}{key}
            or in {Path.Combine(configuration.Paths.Configuration, "agent.yaml")}, with the key in the environment:
              provider: {provider}
              model: {model}
            or for one run with --provider {provider} --model {model}.
            """;
    }
}
