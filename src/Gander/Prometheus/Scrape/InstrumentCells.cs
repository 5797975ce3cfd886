using System.Diagnostics.Metrics;

namespace Gander.Prometheus.Scrape;

/// <summary>
/// The values of one instrument by its tags. Tags are few and have few values, so they are found by looking. Measuring allocates
/// nothing but for new tags. Thread-safe.
/// </summary>
internal sealed class InstrumentCells
{
    // Instruments are ours and have no tags that others choose; this keeps a mistake from becoming a leak.
    private const int MaxCells = 500;

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    private static readonly double[] Numbers = [1, 10, 100, 1_000, 10_000, 100_000];

    private readonly Lock _lock = new();
    private readonly List<Cell> _cells = [];
    private readonly Instrument _instrument;
    private readonly double[] _bounds;

    public InstrumentCells(Instrument instrument)
    {
        _instrument = instrument;
        Type = instrument is Histogram<double> or Histogram<long> ? MetricType.Histogram
            : instrument is Counter<long> or Counter<double> ? MetricType.Counter
            : MetricType.Gauge;
        _bounds = Type != MetricType.Histogram ? [] : instrument.Unit == "s" ? Seconds : Numbers;
    }

    /// <summary>What kind of family it is.</summary>
    public MetricType Type { get; }

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            var cell = Find(tags);
            if (cell is null)
            {
                return;
            }

            cell.Sum = Type == MetricType.Gauge ? value : cell.Sum + value;
            if (Type == MetricType.Histogram)
            {
                var bucket = 0;
                while (bucket < _bounds.Length && value > _bounds[bucket])
                {
                    bucket++;
                }

                cell.Buckets[bucket]++;
            }
        }
    }

    /// <summary>Writes the family; nothing while nothing was measured.</summary>
    public void WriteTo(ExpositionWriter writer)
    {
        lock (_lock)
        {
            if (_cells.Count == 0)
            {
                return;
            }

            var unit = _instrument.Unit switch { "s" => "seconds", "By" => "bytes", _ => "" };
            var name = _instrument.Name.Replace('.', '_') + (unit.Length > 0 ? $"_{unit}" : "");
            writer.Family(name, Type, unit, _instrument.Description ?? "");
            foreach (var cell in _cells)
            {
                if (Type == MetricType.Histogram)
                {
                    writer.Distribution(_bounds, cell.Buckets, cell.Sum, cell.Labels);
                }
                else
                {
                    writer.Sample(cell.Sum, cell.Labels);
                }
            }
        }
    }

    private Cell? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var cell in _cells)
        {
            if (cell.Is(tags))
            {
                return cell;
            }
        }

        if (_cells.Count >= MaxCells)
        {
            return null;
        }

        var labels = new string[tags.Length * 2];
        for (var i = 0; i < tags.Length; i++)
        {
            (labels[i * 2], labels[(i * 2) + 1]) = (tags[i].Key.Replace('.', '_'), tags[i].Value?.ToString() ?? "");
        }

        var added = new Cell(tags.ToArray(), labels, _bounds.Length + 1);
        _cells.Add(added);
        return added;
    }

    private sealed class Cell(KeyValuePair<string, object?>[] tags, string[] labels, int buckets)
    {
        public string[] Labels { get; } = labels;

        public long[] Buckets { get; } = new long[buckets];

        public double Sum { get; set; }

        public bool Is(ReadOnlySpan<KeyValuePair<string, object?>> others)
        {
            if (others.Length != tags.Length)
            {
                return false;
            }

            for (var i = 0; i < tags.Length; i++)
            {
                if (!string.Equals(tags[i].Key, others[i].Key, StringComparison.Ordinal) || !Equals(tags[i].Value, others[i].Value))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
