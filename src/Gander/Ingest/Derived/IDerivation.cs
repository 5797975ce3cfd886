using Gander.Telemetry;

namespace Gander.Ingest.Derived;

/// <summary>
/// Turns records of one signal into metric points. <see cref="Derivation{TBatch}"/> calls <see cref="Add"/>, <see cref="Close"/> and
/// <see cref="Failed"/> one at a time; <see cref="DecideAsync"/> comes between Close and Failed, and Add may run meanwhile.
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

    /// <summary>Adds the points that are due and were not added by <see cref="Close"/>.</summary>
    /// <param name="points">Takes the points.</param>
    /// <param name="moment">The round, as it was closed.</param>
    /// <param name="through">The export up to which all records were in points before.</param>
    /// <param name="cancellationToken">Stops it; the round has failed then.</param>
    /// <returns>The export up to which they are now.</returns>
    ValueTask<long> DecideAsync(MetricBatch points, DerivedMoment moment, long through, CancellationToken cancellationToken);

    /// <summary>The points of this round were not stored: they are due again.</summary>
    void Failed();
}
