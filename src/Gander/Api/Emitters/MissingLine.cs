namespace Gander.Api.Emitters;

/// <summary>Something that sessions of one agent cannot show.</summary>
/// <param name="What">What is missing.</param>
/// <param name="Why">Why, in the latest session that misses it.</param>
/// <param name="Fix">The line that brings it, or null when nothing does.</param>
/// <param name="Sessions">Sessions that miss it.</param>
/// <param name="SinceNanos">Start of the first of them, Unix nanoseconds.</param>
/// <param name="LastNanos">Start of the last of them, Unix nanoseconds.</param>
internal sealed record MissingLine(string What, string Why, string? Fix, int Sessions, long SinceNanos, long LastNanos);
