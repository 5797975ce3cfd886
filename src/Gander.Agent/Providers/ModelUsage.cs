namespace Gander.Agent.Providers;

/// <summary>Tokens of one or several model calls. A provider that reports nothing leaves all of them 0.</summary>
/// <param name="InputTokens">All tokens of the prompt, those read from or written to the provider's cache included.</param>
/// <param name="OutputTokens">All tokens of the answer, reasoning included.</param>
/// <param name="CacheReadTokens">The part of the input that came from the provider's cache.</param>
/// <param name="CacheWriteTokens">The part of the input that the provider put into its cache.</param>
/// <param name="ReasoningTokens">The part of the output that was reasoning, where the provider tells.</param>
public readonly record struct ModelUsage(long InputTokens, long OutputTokens, long CacheReadTokens = 0, long CacheWriteTokens = 0, long ReasoningTokens = 0)
{
    /// <summary>Input and output together.</summary>
    public long TotalTokens => InputTokens + OutputTokens;

    /// <summary>The sum of two.</summary>
    public static ModelUsage operator +(ModelUsage left, ModelUsage right) => left.Add(right);

    /// <summary>The sum of two.</summary>
    public ModelUsage Add(ModelUsage other) => new(
        InputTokens + other.InputTokens,
        OutputTokens + other.OutputTokens,
        CacheReadTokens + other.CacheReadTokens,
        CacheWriteTokens + other.CacheWriteTokens,
        ReasoningTokens + other.ReasoningTokens);
}
