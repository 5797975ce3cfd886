namespace Gander.Agent.Sessions;

/// <summary>Sessions cannot be kept or read. The message says which file, why, and what can be done.</summary>
public sealed class SessionStoreException(string message, Exception? inner = null) : Exception(message, inner);
