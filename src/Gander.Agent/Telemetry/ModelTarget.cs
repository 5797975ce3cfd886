namespace Gander.Agent.Telemetry;

/// <summary>Which model is asked, and how.</summary>
/// <param name="Provider">The provider's name, such as <c>openai</c>.</param>
/// <param name="Model">The model asked for.</param>
/// <param name="MaxTokens">The limit of the answer, where one is set.</param>
/// <param name="Temperature">The temperature, where one is set.</param>
public sealed record ModelTarget(string Provider, string Model, long? MaxTokens = null, double? Temperature = null);
