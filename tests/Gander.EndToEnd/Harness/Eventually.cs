namespace Gander.EndToEnd.Harness;

/// <summary>Waits for something another process does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until <paramref name="isEnough"/> says yes, and returns that answer; fails with the last one after <paramref name="limit"/>.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Predicate<T> isEnough, TimeSpan limit, string what, CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isEnough(answer))
            {
                return answer;
            }

            if (TimeProvider.System.GetElapsedTime(deadline) > limit)
            {
                Assert.Fail($"{what} did not happen within {limit.TotalSeconds} s; last seen: {answer}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
