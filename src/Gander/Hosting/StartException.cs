namespace Gander.Hosting;

/// <summary>The program cannot do what was asked for a reason a person can change; the message says what, where and what to do.</summary>
public sealed class StartException(string message, Exception? innerException = null) : Exception(message, innerException);
