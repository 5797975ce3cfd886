namespace Gander.Agent.Telemetry;

/// <summary>How a session begins in this process.</summary>
/// <param name="SessionId">The conversation; every span and log record of the session carries it as <c>session.id</c>.</param>
/// <param name="SessionType"><c>run</c>, <c>new</c>, <c>resumed</c> or <c>forked</c>; a label of counters, so never free text.</param>
/// <param name="IsInteractive">Whether a person types the messages.</param>
/// <param name="Command">The command of the program that began it, such as <c>run</c> or <c>session</c>; also a label.</param>
public sealed record SessionStart(string SessionId, string SessionType, bool IsInteractive, string Command);
