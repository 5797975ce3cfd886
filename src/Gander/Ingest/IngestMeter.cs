using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gander.Telemetry;

namespace Gander.Ingest;

/// <summary>Gander's own counters of what came in, under the meter name <see cref="Name"/>.</summary>
public sealed class IngestMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Gander.Ingest";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _exports;
    private readonly Counter<long> _records;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<long> _commitRecords;
    private long _acceptedExports;
    private long _acceptedRecords;
    private long _rejectedRecords;

    /// <summary>Makes the instruments.</summary>
    /// <param name="held">Observed as a gauge.</param>
    public IngestMeter(HeldBytes held)
    {
        _exports = _meter.CreateCounter<long>("gander.ingest.exports", "{export}", "Exports answered, by outcome");
        _records = _meter.CreateCounter<long>("gander.ingest.records", "{record}", "Records stored");
        _rejected = _meter.CreateCounter<long>("gander.ingest.rejected", "{record}", "Records refused for good");
        _refused = _meter.CreateCounter<long>("gander.ingest.refused", "{request}", "Requests refused as a whole, by reason");
        _bytes = _meter.CreateCounter<long>("gander.ingest.received", "By", "Bytes of bodies, unpacked");
        _commitSeconds = _meter.CreateHistogram<double>("gander.ingest.commit.duration", "s", "Time of a commit");
        _commitRecords = _meter.CreateHistogram<long>("gander.ingest.commit.records", "{record}", "Records of a commit");
        _meter.CreateObservableGauge("gander.ingest.held", () => held.Current, "By", "Bytes of exports held in memory");
    }

    /// <summary>Exports accepted since the start; a repeated one counts each time.</summary>
    public long AcceptedExports => Interlocked.Read(ref _acceptedExports);

    /// <summary>Records of accepted exports since the start, those that the decoder refused left out.</summary>
    public long AcceptedRecords => Interlocked.Read(ref _acceptedRecords);

    /// <summary>Records refused for good since the start.</summary>
    public long RejectedRecords => Interlocked.Read(ref _rejectedRecords);

    /// <summary>The meter, so that its instruments can be told from those of another server in the process.</summary>
    internal Meter Meter => _meter;

    /// <summary>Counts a request that was refused as a whole, whether or not it got as far as a queue.</summary>
    /// <param name="path">The path of the request, which tells the signal.</param>
    /// <param name="transport"><c>http</c>, <c>grpc</c> or <c>remote_write</c>.</param>
    /// <param name="reason">One of a fixed set of words.</param>
    public void Refused(string? path, string transport, string reason) => _refused.Add(
        1,
        new KeyValuePair<string, object?>("signal", SignalOf(path ?? "", transport)),
        new KeyValuePair<string, object?>("transport", transport),
        new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts the bytes of a body.</summary>
    public void Received(Signal signal, long bytes) => _bytes.Add(bytes, Tag(signal));

    /// <summary>Counts a commit.</summary>
    public void Committed(Signal signal, long records, TimeSpan duration)
    {
        _commitSeconds.Record(duration.TotalSeconds, Tag(signal));
        _commitRecords.Record(records, Tag(signal));
    }

    /// <summary>Counts an answered export.</summary>
    public void Finished(Signal signal, ExportOutcome outcome, int records, int rejected)
    {
        _exports.Add(1, Tag(signal), new KeyValuePair<string, object?>("outcome", outcome switch
        {
            ExportOutcome.Accepted => "accepted",
            ExportOutcome.Overloaded => "overloaded",
            ExportOutcome.Unavailable => "unavailable",
            ExportOutcome.Failed => "failed",
            _ => throw new UnreachableException(),
        }));
        if (outcome is ExportOutcome.Accepted)
        {
            Interlocked.Increment(ref _acceptedExports);
            Interlocked.Add(ref _acceptedRecords, records);
            Interlocked.Add(ref _rejectedRecords, rejected);
            _records.Add(records, Tag(signal));
            _rejected.Add(rejected, Tag(signal));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static string SignalOf(string path, string transport) =>
        path.Contains("trace", StringComparison.OrdinalIgnoreCase) ? "traces"
        : transport == "remote_write" || path.Contains("metric", StringComparison.OrdinalIgnoreCase) ? "metrics"
        : path.Contains("log", StringComparison.OrdinalIgnoreCase) ? "logs"
        : "unknown";

    private static KeyValuePair<string, object?> Tag(Signal signal) => new("signal", signal switch
    {
        Signal.Traces => "traces",
        Signal.Metrics => "metrics",
        Signal.Logs => "logs",
        _ => throw new UnreachableException(),
    });
}
