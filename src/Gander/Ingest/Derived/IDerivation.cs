using Gander.Telemetry;

namespace Gander.Ingest.Derived;

/// <summary>
/// Turns records of one signal into metric points. <see cref="Derivation{TBatch}"/> calls it: <see cref="Add"/> and <see cref="Close"/>
/// never at the same time, everything but <see cref="Add"/> one after the other.
/// </summary>
internal interface IDerivation<in TBatch>
    where TBatch : TelemetryBatch
{
    /// <summary>The name of the metric that says how far it has come.</summary>
    string ProgressName { get; }

    /// <summary>Takes the records of an export that was stored. Allocates nothing for a record that was seen alike before.</summary>
    void Add(TBatch batch);

    /// <summary>Ends a round: everything added so far, and nothing else, is of the exports up to its sequence. May add points.</summary>
    void Close(MetricBatch points, DerivedMoment moment);

    /// <summary>Adds the points that are due and were not added by <see cref="Close"/>; returns up to which export all records are in points now.</summary>
    ValueTask<long> DecideAsync(MetricBatch points, DerivedMoment moment, CancellationToken cancellationToken);

    /// <summary>The points of this round were not stored: they are due again.</summary>
    void Failed();
}
