namespace Gander.Benchmarks.Stores;

/// <summary>A clock that the benchmark moves, so that days of telemetry arrive in minutes.</summary>
internal sealed class StoreClock(long nowNanos) : TimeProvider
{
    public long NowNanos { get; set; } = nowNanos;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(NowNanos / 100);
}
