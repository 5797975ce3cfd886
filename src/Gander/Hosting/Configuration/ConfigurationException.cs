namespace Gander.Hosting.Configuration;

/// <summary>The configuration is wrong; the message lists every wrong setting, where it stands and what it may be.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
