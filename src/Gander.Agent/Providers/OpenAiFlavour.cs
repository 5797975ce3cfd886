namespace Gander.Agent.Providers;

/// <summary>What tells servers with OpenAI's protocol apart.</summary>
/// <param name="Name">The provider's name.</param>
/// <param name="HostName">The setting with the address.</param>
/// <param name="Host">The address without it.</param>
/// <param name="Path">The path of chat completions below the address.</param>
/// <param name="KeyName">The setting with the key.</param>
/// <param name="HasResponses">Models that want the responses API get it.</param>
internal sealed record OpenAiFlavour(string Name, string HostName, string Host, string Path, string KeyName, bool HasResponses)
{
    public static OpenAiFlavour OpenAi { get; } = new("openai", "OPENAI_HOST", "https://api.openai.com", "v1/chat/completions", "OPENAI_API_KEY", true);

    public static OpenAiFlavour Ollama { get; } = new("ollama", "OLLAMA_HOST", "http://localhost:11434", "v1/chat/completions", "OLLAMA_API_KEY", false);

    public static OpenAiFlavour OpenRouter { get; } = new("openrouter", "OPENROUTER_HOST", "https://openrouter.ai", "api/v1/chat/completions", "OPENROUTER_API_KEY", false);
}
