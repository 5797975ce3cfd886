using System.Text.Json.Serialization;

namespace Gander.Sessions;

/// <summary>Tokens of a model call or a sum of calls.</summary>
/// <param name="Input">All input tokens, cached ones included, whatever the agent means by it.</param>
/// <param name="Output">All output tokens, reasoning included.</param>
/// <param name="CacheRead">The part of the input that was read from a cache.</param>
/// <param name="CacheWrite">The part of the input that was written to a cache.</param>
/// <param name="Reasoning">The part of the output that was reasoning.</param>
public readonly record struct TokenUsage(long Input, long Output, long CacheRead, long CacheWrite, long Reasoning)
{
    /// <summary>The part of <see cref="CacheWrite"/> known to be kept for five minutes.</summary>
    public long CacheWriteFiveMinutes { get; init; }

    /// <summary>The part of <see cref="CacheWrite"/> known to be kept for an hour.</summary>
    public long CacheWriteOneHour { get; init; }

    /// <summary>The part of the input that had nothing to do with a cache; never negative.</summary>
    [JsonIgnore]
    public long UncachedInput => Math.Max(0, Input - CacheRead - CacheWrite);

    /// <summary>Input plus output.</summary>
    public long Total => Input + Output;

    /// <summary>Adds two usages, part by part.</summary>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => new(
        left.Input + right.Input,
        left.Output + right.Output,
        left.CacheRead + right.CacheRead,
        left.CacheWrite + right.CacheWrite,
        left.Reasoning + right.Reasoning)
    {
        CacheWriteFiveMinutes = left.CacheWriteFiveMinutes + right.CacheWriteFiveMinutes,
        CacheWriteOneHour = left.CacheWriteOneHour + right.CacheWriteOneHour,
    };
}
