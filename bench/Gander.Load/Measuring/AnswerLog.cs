using Gander.Load.Sending;

namespace Gander.Load.Measuring;

/// <summary>Collects answers from all connections. Thread-safe.</summary>
internal sealed class AnswerLog(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<double> _latencies = [];
    private readonly List<BodyResult> _bodies = [];
    private readonly SortedDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private long _quietSince;
    private int _inFlight;
    private double _longestStallMs;

    /// <summary>Records acknowledged so far.</summary>
    public long AcknowledgedRecords { get; private set; }

    /// <summary>Requests acknowledged so far.</summary>
    public long AcknowledgedRequests { get; private set; }

    /// <summary>Bytes of all requests sent, and what they were before compression.</summary>
    public (long Wire, long Plain) Bytes { get; private set; }

    /// <summary>The longest time in which requests waited and none was acknowledged, so far.</summary>
    public double LongestStallMs => _longestStallMs;

    /// <summary>Notes that a request goes out; pass what it returns to <see cref="Answered"/>.</summary>
    public long Sent(ExportBody body)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_inFlight++ == 0)
            {
                _quietSince = now;
            }

            Bytes = (Bytes.Wire + body.Bytes.Length, Bytes.Plain + body.PlainLength);
            return now;
        }
    }

    /// <summary>Notes an answer to a request sent at <paramref name="sentAt"/>.</summary>
    public void Answered(ExportBody body, ExportAnswer answer, long sentAt)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _inFlight--;
            if (answer.Outcome != ExportOutcome.Acknowledged)
            {
                _refusals[answer.Reason] = _refusals.GetValueOrDefault(answer.Reason) + 1;
                return;
            }

            _longestStallMs = Math.Max(_longestStallMs, time.GetElapsedTime(Math.Max(sentAt, _quietSince), now).TotalMilliseconds);
            _quietSince = now;
            _latencies.Add(time.GetElapsedTime(sentAt, now).TotalMilliseconds);
            AcknowledgedRecords += body.Records;
            AcknowledgedRequests++;
        }
    }

    /// <summary>Notes what became of a body in the end.</summary>
    public void Finished(BodyResult result)
    {
        lock (_lock)
        {
            _bodies.Add(result);
        }
    }

    /// <summary>The report of everything noted, without what only the run knows; call it when nothing is under way any more.</summary>
    public LoadReport Report(double seconds) => new()
    {
        Seconds = seconds,
        AcknowledgedRecords = AcknowledgedRecords,
        AcknowledgedRequests = AcknowledgedRequests,
        UnacknowledgedRequests = _bodies.Count(body => body.Outcome != ExportOutcome.Acknowledged),
        Refusals = _refusals,
        Latency = Latency.Of(_latencies),
        LongestStallMs = LongestStallMs,
        WireBytes = Bytes.Wire,
        PlainBytes = Bytes.Plain,
        BodiesBuiltLate = 0,
        OwnCpuSeconds = 0,
        Bodies = [.. _bodies.OrderBy(body => body.Index)],
    };
}
