namespace Gander.Tests.Stores;

/// <summary>A clock that stands until it is moved.</summary>
public sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public ManualTime(string now)
        : this(DateTimeOffset.UnixEpoch.AddTicks(Some.Instant(now) / 100))
    {
    }

    public long NowNanos => (_now - DateTimeOffset.UnixEpoch).Ticks * 100;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
