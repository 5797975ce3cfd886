using Gander.Agent.Providers;

namespace Gander.Agent.Loop;

/// <summary>When a failed model call is made again: three times, after about one, two and four seconds, or when the provider says.</summary>
internal static class RetrySchedule
{
    /// <summary>How often a call is made again.</summary>
    public const int MaxRetries = 3;

    // A person who waits longer would rather know why.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>The wait before retry <paramref name="attempt"/> (from 1), or null where trying again is of no use.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="attempt">Which retry it would be.</param>
    /// <param name="random">A number from 0 to 1, which keeps many agents from returning at the same moment.</param>
    public static TimeSpan? Delay(ProviderException error, int attempt, double random)
    {
        if (!error.IsTransient || attempt > MaxRetries || error.RetryAfter > LongestWait)
        {
            return null;
        }

        return error.RetryAfter is { } asked
            ? asked + TimeSpan.FromMilliseconds(100 * random)
            : TimeSpan.FromSeconds(Math.Pow(2, attempt - 1) * (0.8 + (0.4 * random)));
    }
}
