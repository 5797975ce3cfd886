namespace Gander.Agent.Configuration;

/// <summary>Something is missing from the configuration or cannot be read. The message says where, and what to write instead.</summary>
public sealed class AgentConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
