using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>
/// From (field, value) to the ids of series that have it, ascending because ids only grow. Not thread-safe, but arrays handed
/// out stay as they were.
/// </summary>
internal sealed class SeriesIndex
{
    private readonly Dictionary<SeriesField, Dictionary<AttributeValue, Postings>> _fields = [];
    private readonly Postings _all = new();

    /// <summary>All fields.</summary>
    public IEnumerable<SeriesField> Fields => _fields.Keys;

    /// <summary>All ids.</summary>
    public ReadOnlyMemory<int> All => _all.Ids;

    /// <summary>Adds a series whose id is above all others.</summary>
    public void Add(MetricSeries series)
    {
        _all.Add(series.Id);
        Add(SeriesField.Name, AttributeValue.Of(series.Name), series.Id);
        Add(SeriesField.ScopeName, AttributeValue.Of(series.Scope.Name), series.Id);
        foreach (var (key, value) in series.Attributes)
        {
            Add(SeriesField.OfPoint(key), value, series.Id);
        }

        foreach (var (key, value) in series.Resource.Attributes)
        {
            Add(SeriesField.OfResource(key), value, series.Id);
        }
    }

    /// <summary>The series with exactly this value.</summary>
    public ReadOnlyMemory<int> Find(SeriesField field, AttributeValue value) =>
        _fields.TryGetValue(field, out var values) && values.TryGetValue(value, out var postings) ? postings.Ids : default;

    /// <summary>The distinct values of a field with the series that have them.</summary>
    public IReadOnlyList<(AttributeValue Value, ReadOnlyMemory<int> Ids)> Values(SeriesField field) =>
        _fields.TryGetValue(field, out var values) ? [.. values.Select(entry => (entry.Key, entry.Value.Ids))] : [];

    /// <summary>How many distinct values a field has.</summary>
    public int CountValues(SeriesField field) => _fields.TryGetValue(field, out var values) ? values.Count : 0;

    private void Add(SeriesField field, AttributeValue value, int id)
    {
        if (!_fields.TryGetValue(field, out var values))
        {
            _fields.Add(field, values = []);
        }

        if (!values.TryGetValue(value, out var postings))
        {
            values.Add(value, postings = new Postings());
        }

        postings.Add(id);
    }

    private sealed class Postings
    {
        private int[] _ids = new int[1];
        private int _count;

        public ReadOnlyMemory<int> Ids => _ids.AsMemory(0, _count);

        public void Add(int id)
        {
            if (_count == _ids.Length)
            {
                Array.Resize(ref _ids, _count * 2);
            }

            _ids[_count++] = id;
        }
    }
}
