using CsCheck;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

/// <summary>Points for tests, and all points of a store.</summary>
internal static class MetricPoints
{
    private const long Second = 1_000_000_000;

    private static readonly double[] Doubles = [0.0, -0.0, 1, 0.25, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, BitConverter.Int64BitsToDouble(SampleBuffer.StaleBits)];
    private static readonly long[] Integers = [0, 1, -1, 4440, long.MinValue, long.MaxValue];

    /// <summary>One point of each kind, with everything a point can have.</summary>
    public static IReadOnlyList<PointRecord> OneOfEach(long time)
    {
        var point = new PointRecord { TimeNanos = time, StartNanos = time - Second, Unit = "ms", Attributes = Some.Attributes(("model", "gpt-4o"), ("n", 3), ("x", 0.5), ("b", true)) };
        ExemplarRecord[] exemplars = [new(time - 1, AttributeValue.Of(0.5), Some.TraceId(), new SpanId(7), Some.Attributes(("session.id", "s"))), new(0, AttributeValue.Of(3L), default, default, [])];
        var none = SeriesField.AbsentValue;
        return
        [
            point with { Name = "int", Value = AttributeValue.Of(long.MinValue), Exemplars = exemplars },
            point with { Name = "double", Kind = MetricKind.Gauge, IsMonotonic = false, Temporality = Temporality.Unspecified, Value = AttributeValue.Of(-0.0), Flags = 8 },
            point with { Name = "none", Value = none, Flags = 1 },
            point with { Name = "histogram", Kind = MetricKind.Histogram, Temporality = Temporality.Delta, IsMonotonic = false, Value = none, Histogram = new HistogramRecord(6, 1.5, null, 1e9, [0.1, 1], [1, 2, 3]), Exemplars = exemplars },
            point with { Name = "bare histogram", Kind = MetricKind.Histogram, IsMonotonic = false, Value = none, Histogram = new HistogramRecord(ulong.MaxValue, null, null, null, [], []) },
            point with { Name = "exponential", Kind = MetricKind.ExponentialHistogram, IsMonotonic = false, Value = none, Exponential = new ExponentialHistogramRecord(9, 4, 0, 2, -3, 1, 1e-9, -20, [1, 0, 2], 5, [5]) },
            point with { Name = "summary", Kind = MetricKind.Summary, Temporality = Temporality.Unspecified, IsMonotonic = false, Value = none, Summary = new SummaryRecord(3, 4.5, [0.5, 0.99], [1, double.NaN]) },
        ];
    }

    /// <summary>Points of few series at few times, so that they meet.</summary>
    public static Gen<PointRecord> Any(long around)
    {
        var time = Gen.OneOf(Gen.Long[0, 40], Gen.Long[0, 40].Select(step => step * 15), Gen.Long[-500_000, 500]).Select(seconds => around + (seconds * Second));
        var start = Gen.OneOf(Gen.Const(0L), Gen.Long[0, 3].Select(step => around - (step * 60 * Second)));
        return Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], time, start, Gen.Int[0, 99], Gen.ULong[0, 40]).Select((shape, label, at, begun, pick, count) =>
        {
            var point = new PointRecord
            {
                Name = $"m{shape}",
                TimeNanos = at,
                StartNanos = begun,
                Attributes = Some.Attributes(("label", label)),
                Flags = pick == 0 ? 1u : 0,
                Exemplars = pick is > 0 and < 6 ? [new ExemplarRecord(at, AttributeValue.Of(0.5), Some.TraceId(count), default, [])] : [],
            };
            var number = pick % 2 == 0 ? AttributeValue.Of(Integers[pick % Integers.Length]) : AttributeValue.Of(pick % 3 == 0 ? Doubles[pick % Doubles.Length] : pick / 10.0);
            return shape switch
            {
                0 or 1 or 2 => point with { Value = pick == 7 ? SeriesField.AbsentValue : number, Kind = shape == 0 ? MetricKind.Gauge : MetricKind.Sum },
                3 => point with { Kind = MetricKind.Histogram, Value = SeriesField.AbsentValue, Histogram = new HistogramRecord(count, pick / 4.0, null, null, pick < 50 ? [1, 2] : [1, 3], [count, 0, 1]) },
                4 => point with { Kind = MetricKind.ExponentialHistogram, Value = SeriesField.AbsentValue, Exponential = new ExponentialHistogramRecord(count, null, 1, 2, pick % 3, 0, 0, pick % 2, [count, 1], 0, []) },
                _ => point with { Kind = MetricKind.Summary, Value = SeriesField.AbsentValue, Summary = new SummaryRecord(count, pick, [0.5], [pick]) },
            };
        });
    }

    /// <summary>All points of a store, series by series, as text without the series' ids.</summary>
    public static async Task<IReadOnlyList<string>> ReadAllAsync(IMetricStore store, TimeRange range, CancellationToken cancellationToken)
    {
        var series = await store.FindSeriesAsync(new SeriesQuery(range, []), cancellationToken);
        using var batch = new MetricBatch();
        await store.ReadPointsAsync(series.Select(each => each.Id).ToArray(), range, batch, int.MaxValue, cancellationToken);
        return [.. PointRecord.ReadAll(batch).Select(point => point.Describe())];
    }

    /// <summary>All samples of a store, as text.</summary>
    public static async Task<IReadOnlyList<string>> ReadSamplesAsync(IMetricStore store, TimeRange range, CancellationToken cancellationToken)
    {
        var series = await store.FindSeriesAsync(new SeriesQuery(range, []), cancellationToken);
        using var samples = new SampleBuffer(int.MaxValue);
        await store.ReadSamplesAsync(series.Select(each => each.Id).ToArray(), range, samples, cancellationToken);
        var lines = new List<string>();
        for (var run = 0; run < samples.RunCount; run++)
        {
            for (var row = samples.Run(run).Start; row < samples.Run(run).End; row++)
            {
                lines.Add($"{series[run].Name}{PlainAttributes.Describe(series[run].Attributes)} {samples.Starts[row]}..{samples.Times[row]} {BitConverter.DoubleToInt64Bits(samples.Values[row]):x}");
            }
        }

        return lines;
    }

    /// <summary>All histograms and summaries of a store, a line a point: labels, start, time, layout, counts, doubles.</summary>
    public static async Task<IReadOnlyList<string>> ReadDistributionsAsync(IMetricStore store, TimeRange range, CancellationToken cancellationToken)
    {
        var series = await store.FindSeriesAsync(new SeriesQuery(range, []), cancellationToken);
        using var buffer = new DistributionBuffer(int.MaxValue);
        await store.ReadDistributionsAsync(series.Select(each => each.Id).ToArray(), range, buffer, cancellationToken);
        var lines = new List<string>();
        for (var run = 0; run < buffer.RunCount; run++)
        {
            for (var index = buffer.Run(run).Start; index < buffer.Run(run).End; index++)
            {
                var segment = buffer.Segments[index];
                var doubles = segment.Layout is null ? 0 : (segment.HasSum ? 1 : 0) + (series[run].Kind == MetricKind.Summary ? segment.Layout.Length : 0);
                for (var row = 0; row < segment.Rows; row++)
                {
                    var counts = Enumerable.Range(0, segment.CountColumns).Select(column => buffer.Counts[segment.Counts + (column * segment.Rows) + row]);
                    var values = Enumerable.Range(0, doubles).Select(column => buffer.Doubles[segment.Doubles + (column * segment.Rows) + row]);
                    lines.Add(string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"{series[run].Name} {buffer.Starts[segment.Row + row]}..{buffer.Times[segment.Row + row]} [{Join(segment.Layout ?? [])}] {Join(counts)} {Join(values)}"));
                }
            }
        }

        return lines;
    }

    private static string Join(IEnumerable<double> values) => string.Join(' ', values.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
