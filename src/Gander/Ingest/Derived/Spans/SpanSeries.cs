using Gander.Telemetry;

namespace Gander.Ingest.Derived.Spans;

/// <summary>The counters of one label set.</summary>
/// <param name="labels">The label values as <see cref="SpanLabels"/> wrote them; null for the overflow series.</param>
/// <param name="buckets">Buckets, the one up to infinity included.</param>
internal sealed class SpanSeries(byte[]? labels, int buckets)
{
    private Exemplar[]? _exemplars;

    /// <summary>The label values; null for the overflow series.</summary>
    public byte[]? Labels { get; } = labels;

    /// <summary>Spans.</summary>
    public long Calls { get; private set; }

    /// <summary>The sum of their durations, in the unit.</summary>
    public double Sum { get; private set; }

    /// <summary>Spans by bucket.</summary>
    public long[] Buckets { get; } = new long[buckets];

    /// <summary>A bit for each bucket whose latest span was not written yet.</summary>
    public ulong NewExemplars { get; private set; }

    /// <summary>When the counters were zero, Unix nanoseconds; 0 until the first round.</summary>
    public long StartNanos { get; set; }

    /// <summary>When a span was last counted, as of the round after it; 0 until the first round.</summary>
    public long ChangedNanos { get; set; }

    /// <summary>When its points were last written; 0 for never, or not successfully.</summary>
    public long WrittenNanos { get; set; }

    /// <summary>Whether a span was counted since the last round.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Counts a span.</summary>
    public void Add(int bucket, double duration)
    {
        Calls++;
        Sum += duration;
        Buckets[bucket]++;
        IsChanged = true;
    }

    /// <summary>Remembers a span as the latest of its bucket.</summary>
    public void Remember(int bucket, long endNanos, double duration, TraceId traceId, SpanId spanId)
    {
        _exemplars ??= new Exemplar[Buckets.Length];
        _exemplars[bucket] = new Exemplar(endNanos, AttributeKind.Double, BitConverter.DoubleToInt64Bits(duration), traceId, spanId, default);
        NewExemplars |= 1UL << bucket;
    }

    /// <summary>Hands over the exemplars that were not written yet.</summary>
    public RowRange TakeExemplars(Column<Exemplar> target)
    {
        var start = target.Count;
        for (var bucket = 0; NewExemplars != 0; bucket++, NewExemplars >>= 1)
        {
            if ((NewExemplars & 1) != 0)
            {
                target.Add(_exemplars![bucket]);
            }
        }

        return new RowRange(start, target.Count);
    }
}
