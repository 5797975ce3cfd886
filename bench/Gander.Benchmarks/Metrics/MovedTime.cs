namespace Gander.Benchmarks.Metrics;

/// <summary>A clock that the measurement moves, so that a day passes in seconds.</summary>
internal sealed class MovedTime(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
