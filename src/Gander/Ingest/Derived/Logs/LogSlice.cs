namespace Gander.Ingest.Derived.Logs;

/// <summary>What was counted between two rounds, until it is known whether the emitters sent it as metrics too.</summary>
internal sealed class LogSlice
{
    /// <summary>What is to be added to each counter, and the time of the earliest record behind it, by the emitter's clock.</summary>
    public Dictionary<LogCounter, (double Sum, long EarliestNanos)> Counts { get; } = [];

    /// <summary>The round that ended it.</summary>
    public DerivedMoment Moment { get; set; }

    /// <summary>Adds one record.</summary>
    public void Add(LogCounter counter, double value, long nanos)
    {
        ref var entry = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(Counts, counter, out var exists);
        counter.Waiting += exists ? 0 : 1;
        entry = exists ? (entry.Sum + value, Math.Min(entry.EarliestNanos, nanos)) : (value, nanos);
    }
}
