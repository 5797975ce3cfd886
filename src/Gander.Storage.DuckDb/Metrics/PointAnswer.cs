using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>Fills a batch with points as they were written, a series after the other.</summary>
internal sealed class PointAnswer(MetricBatch batch, int limit, bool onlyExemplars)
{
    private readonly Dictionary<ulong, int> _resources = [];
    private readonly Dictionary<ulong, int> _scopes = [];

    /// <summary>Adds a series and those of its points that are in the range; a null series is a metric without points.</summary>
    public void Add(MetricSeries? series, in PointView points, TimeRange range)
    {
        series ??= new MetricSeries(0, "", "", MetricKind.Gauge, Temporality.Unspecified, false, Resource.Empty, InstrumentationScope.Empty, []);
        var metric = batch.Metrics.Count;
        batch.Metrics.Add(new MetricDescriptor(
            batch.Text.Add(series.Name),
            batch.Text.Add(series.Unit),
            default,
            series.Kind,
            series.Temporality,
            series.IsMonotonic,
            IndexOf(batch.Resources, _resources, series.Resource, series.Resource.Id),
            IndexOf(batch.Scopes, _scopes, series.Scope, series.Scope.Id)));
        var attributes = AttributeBytes.AddTo(batch, series.Attributes);
        for (var row = 0; row < points.Count; row++)
        {
            if (range.Contains(points.Times[row]) && (!onlyExemplars || HasExemplars(points, row)))
            {
                Add(points, row, metric, attributes);
            }
        }
    }

    private static bool HasExemplars(in PointView points, int row) => points.TryGetExtra(row, out var extra) && extra.Exemplars.Length > 0;

    private static int IndexOf<T>(IList<T> shared, Dictionary<ulong, int> indexes, T item, ulong id)
    {
        if (!indexes.TryGetValue(id, out var index))
        {
            index = shared.Count;
            shared.Add(item);
            indexes.Add(id, index);
        }

        return index;
    }

    private void Add(in PointView points, int row, int metric, RowRange attributes)
    {
        if (batch.Count == limit)
        {
            throw new SampleLimitException(limit);
        }

        var form = points.FormOf(row);
        points.TryGetExtra(row, out var extra);
        batch.Add(new PointRow
        {
            Metric = metric,
            StartNanos = points.StartOf(row),
            TimeNanos = points.Times[row],
            Flags = extra.Flags,
            Attributes = attributes,
            Exemplars = ExemplarBytes.AddTo(batch, extra.Exemplars),
            ValueKind = form switch { PointForm.Int => AttributeKind.Int, PointForm.Double => AttributeKind.Double, _ => AttributeKind.Empty },
            ValueBits = form is PointForm.Int or PointForm.Double ? points.Bits[row] : 0,
            Distribution = form >= PointForm.Histogram ? DistributionBytes.AddTo(batch, form, points.PayloadOf(row)) : -1,
        });
    }
}
