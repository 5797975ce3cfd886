using Gander.Query.PromQl.Series;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>
/// All series as PromQL sees them. Stored series and layouts are added as they become known; rows are never taken away, as a
/// table is made anew when the store forgets series. Not thread-safe: its owner locks.
/// </summary>
internal sealed class SeriesTable(SeriesTranslator translator)
{
    private const string BoundLabel = "le";
    private const string QuantileLabel = "quantile";

    private readonly Dictionary<Labels, int> _numbers = [];
    private readonly Dictionary<string[], string[]> _nameSets = new(SequenceEquality.Instance);
    private readonly Dictionary<int, TranslatedSeries> _distributions = [];
    private readonly Dictionary<ulong, int> _targets = [];
    private readonly List<List<int>> _targetSeries = [];
    private readonly HashSet<MetricFamily> _families = [];
    private readonly Dictionary<Labels, int> _exemplarSeries = [];

    /// <summary>Names, values and rows.</summary>
    public LabelIndex Index { get; } = new();

    /// <summary>The ways in which metrics were sent.</summary>
    public IReadOnlyCollection<MetricFamily> Families => _families;

    /// <summary>The stored series of the resource that a <see cref="SeriesPart.Target"/> origin names.</summary>
    public IReadOnlyList<int> SeriesOfTarget(int target) => _targetSeries[target];

    /// <summary>The stored series that holds nothing but the exemplars of a row from Prometheus, or null.</summary>
    public int? ExemplarSeriesOf(Labels labels) => _exemplarSeries.TryGetValue(labels, out var id) ? id : null;

    /// <summary>Adds a stored series.</summary>
    public void Add(MetricSeries series)
    {
        if (translator.Translate(series) is not { } translated)
        {
            return;
        }

        _families.Add(new MetricFamily(
            translated.Family, translated.Type, translated.UnitWord, translated.Flow == SampleFlow.Finished, series.Name, series.Unit, series.Kind, series.Temporality, series.IsMonotonic));
        var isFinished = translated.Flow == SampleFlow.Finished;
        switch (series.Kind)
        {
            case MetricKind.Gauge or MetricKind.Sum:
                AddRow(translated, translated.Family, SeriesPart.Value);
                break;
            case MetricKind.Summary when isFinished:
                NoteExemplars(translated);
                break;
            case MetricKind.ExponentialHistogram:
            case MetricKind.Histogram when isFinished:
                AddRow(translated, translated.Family, SeriesPart.Native);
                break;
            case MetricKind.Histogram:
                AddRow(translated, translated.Family + "_bucket", SeriesPart.Bucket, BoundLabel, double.PositiveInfinity);
                AddRow(translated, translated.Family + "_sum", SeriesPart.Sum);
                AddRow(translated, translated.Family + "_count", SeriesPart.Count);
                _distributions.TryAdd(series.Id, translated);
                break;
            default:
                AddRow(translated, translated.Family + "_sum", SeriesPart.Sum);
                AddRow(translated, translated.Family + "_count", SeriesPart.Count);
                _distributions.TryAdd(series.Id, translated);
                break;
        }

        if (!isFinished)
        {
            AddTarget(series);
        }
    }

    /// <summary>Adds the buckets or quantiles of a series that was added before.</summary>
    public void Add(SeriesLayout layout)
    {
        if (!_distributions.TryGetValue(layout.SeriesId, out var translated))
        {
            return;
        }

        var isHistogram = translated.Stored.Kind == MetricKind.Histogram;
        foreach (var value in layout.Values.Where(value => !double.IsPositiveInfinity(value) && !double.IsNaN(value)))
        {
            if (isHistogram)
            {
                AddRow(translated, translated.Family + "_bucket", SeriesPart.Bucket, BoundLabel, value);
            }
            else
            {
                AddRow(translated, translated.Family, SeriesPart.Quantile, QuantileLabel, value);
            }
        }
    }

    private void NoteExemplars(TranslatedSeries series) => _exemplarSeries.TryAdd(
        Labels.Of(series.Labels.Append(KeyValuePair.Create(Labels.MetricName, series.Family))), series.Stored.Id);

    private void AddTarget(MetricSeries series)
    {
        var id = series.Resource.Id;
        if (!_targets.TryGetValue(id, out var target))
        {
            target = -1;
            if (translator.TargetOf(series.Resource) is { } labels)
            {
                target = _targetSeries.Count;
                _targetSeries.Add([]);
                AddRow(Share([.. labels]), new SeriesOrigin(target, SeriesPart.Target, SampleFlow.Finished, 0));
            }

            _targets.Add(id, target);
        }

        if (target >= 0)
        {
            _targetSeries[target].Add(series.Id);
        }
    }

    private void AddRow(TranslatedSeries series, string name, SeriesPart part, string? boundLabel = null, double bound = 0)
    {
        var labels = new List<KeyValuePair<string, string>>(series.Labels.Count + 2);
        labels.AddRange(boundLabel is null ? series.Labels : series.Labels.Where(label => label.Key != boundLabel));
        labels.Add(KeyValuePair.Create(Labels.MetricName, name));
        if (boundLabel is not null)
        {
            labels.Add(KeyValuePair.Create(boundLabel, PromQlNumber.Format(bound)));
        }

        labels.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        AddRow(Share(labels), new SeriesOrigin(series.Stored.Id, part, series.Flow, bound));
    }

    private void AddRow(Labels labels, SeriesOrigin origin)
    {
        if (_numbers.TryGetValue(labels, out var number))
        {
            Index.Rows[number].Add(origin);
        }
        else
        {
            _numbers.Add(labels, Index.Add(new SeriesRow(labels, origin)));
        }
    }

    private Labels Share(List<KeyValuePair<string, string>> labels)
    {
        var names = new string[labels.Count];
        var values = new string[labels.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = labels[i].Key;
            values[i] = Index.Share(labels[i].Key, labels[i].Value);
        }

        if (!_nameSets.TryGetValue(names, out var shared))
        {
            _nameSets.Add(names, shared = names);
        }

        return Labels.OfOwned(shared, values);
    }

    private sealed class SequenceEquality : IEqualityComparer<string[]>
    {
        public static SequenceEquality Instance { get; } = new();

        public bool Equals(string[]? x, string[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string[] obj)
        {
            var hash = new HashCode();
            foreach (var text in obj)
            {
                hash.Add(text, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
