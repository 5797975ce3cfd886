namespace Gander.Storage.DuckDb.Files;

/// <summary>How many commits there were and how long they took. Thread-safe.</summary>
internal sealed class CommitTimes
{
    private readonly Lock _lock = new();
    private long _count;
    private TimeSpan _total;
    private TimeSpan _longest;

    public void Add(TimeSpan elapsed)
    {
        lock (_lock)
        {
            _count++;
            _total += elapsed;
            _longest = elapsed > _longest ? elapsed : _longest;
        }
    }

    public (long Count, TimeSpan Total, TimeSpan Longest) Read()
    {
        lock (_lock)
        {
            return (_count, _total, _longest);
        }
    }
}
