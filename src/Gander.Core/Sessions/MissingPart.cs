namespace Gander.Sessions;

/// <summary>Something a session cannot show.</summary>
/// <param name="What">What is missing, such as <c>tool outcome</c>.</param>
/// <param name="Why">Why, in words a user of the agent understands.</param>
/// <param name="Fix">The exact setting that brings it, or null when nothing does.</param>
public sealed record MissingPart(string What, string Why, string? Fix);
