using Gander.Query.PromQl.Series;
using Gander.Telemetry;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Gives the exemplars of stored points to the rows that show what they measured. Not thread-safe.</summary>
internal sealed class ExemplarCollector(long firstMillis, long lastMillis)
{
    private readonly Dictionary<int, List<Target>> _targets = [];
    private readonly Dictionary<Labels, HashSet<LabelledExemplar>> _found = [];

    /// <summary>The stored series to be read.</summary>
    public IEnumerable<int> SeriesIds => _targets.Keys;

    /// <summary>Adds a row under the labels it is shown with, and the stored series that has its exemplars apart from its samples, if one has.</summary>
    public void Add(SelectedRow row, Labels labels, int? exemplarSeries)
    {
        foreach (var origin in row.Origins)
        {
            if (origin.Part is SeriesPart.Value or SeriesPart.Native or SeriesPart.Bucket)
            {
                Add(origin.SeriesId, new Target(labels, origin.Part == SeriesPart.Bucket ? origin.Bound : null));
            }
        }

        if (exemplarSeries is { } id)
        {
            Add(id, new Target(labels, null));
        }
    }

    /// <summary>Takes the exemplars out of points that were read.</summary>
    public void Read(MetricBatch batch, IReadOnlyList<int> seriesIds)
    {
        foreach (ref readonly var point in batch.Points.Values)
        {
            for (var row = point.Exemplars.Start; row < point.Exemplars.End; row++)
            {
                var exemplar = batch.Exemplars[row];
                var time = FlowRules.Millis(exemplar.TimeNanos != 0 ? exemplar.TimeNanos : point.TimeNanos);
                if (time >= firstMillis && time <= lastMillis)
                {
                    Give(batch, point, exemplar, time, _targets[seriesIds[point.Metric]]);
                }
            }
        }
    }

    /// <summary>Everything found, ordered; at most so many exemplars.</summary>
    public IReadOnlyList<SeriesExemplars> Finish(int limit)
    {
        var answer = new List<SeriesExemplars>();
        foreach (var (labels, exemplars) in _found.OrderBy(entry => entry.Key))
        {
            var kept = exemplars.OrderBy(exemplar => exemplar.TimeMillis).ThenBy(exemplar => exemplar.Value).Take(limit).ToList();
            limit -= kept.Count;
            if (kept.Count > 0)
            {
                answer.Add(new SeriesExemplars(labels, kept));
            }
        }

        return answer;
    }

    private static double BoundOf(MetricBatch batch, in PointRow point, double value)
    {
        if (point.Distribution >= 0 && batch.Metrics[point.Metric].Kind == MetricKind.Histogram)
        {
            var bounds = batch.Histograms[point.Distribution].Bounds;
            foreach (var bound in batch.Doubles.Values[bounds.Start..bounds.End])
            {
                if (value <= bound)
                {
                    return bound;
                }
            }
        }

        return double.PositiveInfinity;
    }

    private static Labels LabelsOf(MetricBatch batch, in Exemplar exemplar)
    {
        var labels = new List<KeyValuePair<string, string>>();
        for (var row = exemplar.Attributes.Start; row < exemplar.Attributes.End; row++)
        {
            var value = new AttributeValue(
                batch.Attributes.Kinds[row], batch.Attributes.Bits[row], batch.Text.ToString(batch.Attributes.Texts[row]));
            labels.Add(KeyValuePair.Create(batch.Text.ToString(batch.Attributes.Keys[row]), LabelText.Of(value)));
        }

        if (exemplar.TraceId != default)
        {
            labels.Add(KeyValuePair.Create("trace_id", exemplar.TraceId.ToString()));
        }

        if (exemplar.SpanId != default)
        {
            labels.Add(KeyValuePair.Create("span_id", exemplar.SpanId.ToString()));
        }

        return Labels.Of(labels);
    }

    private void Add(int seriesId, Target target)
    {
        if (!_targets.TryGetValue(seriesId, out var targets))
        {
            _targets.Add(seriesId, targets = []);
        }

        targets.Add(target);
    }

    private void Give(MetricBatch batch, in PointRow point, in Exemplar exemplar, long time, List<Target> targets)
    {
        var value = exemplar.ValueKind == AttributeKind.Int ? exemplar.ValueBits : BitConverter.Int64BitsToDouble(exemplar.ValueBits);
        var bound = BoundOf(batch, point, value);
        LabelledExemplar? made = null;
        foreach (var target in targets)
        {
            if (target.Bound is { } own && own != bound)
            {
                continue;
            }

            if (!_found.TryGetValue(target.Labels, out var exemplars))
            {
                _found.Add(target.Labels, exemplars = []);
            }

            exemplars.Add(made ??= new LabelledExemplar(LabelsOf(batch, exemplar), value, time));
        }
    }

    private readonly record struct Target(Labels Labels, double? Bound);
}
