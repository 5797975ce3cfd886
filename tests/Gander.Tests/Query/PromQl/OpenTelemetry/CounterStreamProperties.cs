using CsCheck;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Telemetry;
using Gander.Tests.Stores.Metrics;
using static Gander.Tests.Query.PromQl.OpenTelemetry.OtlpSeriesSourceTests;

namespace Gander.Tests.Query.PromQl.OpenTelemetry;

/// <summary>Counters against a definition that a person can check: what came until then, since midnight.</summary>
public sealed class CounterStreamProperties
{
    private const double Day = 86_400;

    // Ten hours to each side of the midnight that is twelve hours after noon.
    private static readonly Gen<double> Time = Gen.Double[2 * 3_600, 22 * 3_600].Select(seconds => Math.Round(seconds, 3));

    [Fact]
    public async Task Deltas_in_any_order_and_sent_twice_are_what_came_since_midnight()
    {
        var point = Gen.Select(Time, Gen.Double[0, 4_000], Gen.Int[0, 100]).Select((at, length, value) => (At: at, Start: at - length, Value: (double)value));
        await Gen.Select(point.Array[1, 40], Time, Time).SampleAsync(
            async (points, one, other) =>
            {
                var distinct = points.GroupBy(each => (each.At, each.Start)).Select(group => group.Last()).ToList();
                using var metrics = new QueriedMetrics();
                await metrics.WriteAsync([.. points.Concat(points).Select(each => Sum("c", each.At, each.Value, each.Start, Temporality.Delta))]);

                double Total(double at) => distinct.Where(each => each.At <= at + 0.0005 && DayOf(each.At) == DayOf(at)).Sum(each => each.Value);
                await CheckAsync(metrics, Total, distinct.Select(each => each.At), Math.Min(one, other), Math.Max(one, other));
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Processes_side_by_side_are_the_sum_of_their_growth_since_midnight()
    {
        var stream = Gen.Select(Time, Gen.Select(Gen.Double[1, 1_200], Gen.Int[0, 9]).Array[1, 12]);
        await Gen.Select(stream.Array[2, 4], Time, Time).SampleAsync(
            async (streams, one, other) =>
            {
                var points = new List<(double At, double Start, double Value, double Growth)>();
                foreach (var (start, steps) in streams)
                {
                    var (at, value) = (start, 0.0);
                    foreach (var (length, growth) in steps)
                    {
                        (at, value) = (Math.Round(at + length, 3), value + growth);
                        points.Add((at, start, value, growth));
                    }
                }

                // One that surely runs beside all others: a range must not change what the series is.
                points.Add((3_600, 3_500, 1, 1));
                points.Add((23 * 3_600, 3_500, 2, 1));
                points.Add((3_601, 3_550, 1, 1));
                using var metrics = new QueriedMetrics();
                await metrics.WriteAsync([.. points.Select(each => Sum("c", each.At, each.Value, each.Start))]);

                double Total(double at) => points.Where(each => each.At <= at + 0.0005 && DayOf(each.At) == DayOf(at)).Sum(each => each.Growth);
                await CheckAsync(metrics, Total, points.Select(each => each.At), Math.Min(one, other), Math.Max(one, other));
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Processes_one_after_the_other_grow_by_what_each_of_them_counted()
    {
        var process = Gen.Select(Gen.Double[1, 900], Gen.Select(Gen.Double[0.01, 300], Gen.Int[0, 9]).Array[1, 6]);
        var moment = Gen.Double[3_600, 14_400].Select(seconds => Math.Round(seconds, 3));
        await Gen.Select(process.Array[1, 8], moment, moment).SampleAsync(
            async (processes, one, other) =>
            {
                var (clock, counted) = (3_600.0, 0.0);
                var points = new List<PointRecord>();
                foreach (var (pause, steps) in processes)
                {
                    var start = clock = Math.Round(clock + pause, 3);
                    var value = 0.0;
                    foreach (var (length, growth) in steps)
                    {
                        (clock, value) = (Math.Round(clock + length, 3), value + growth);
                        points.Add(Sum("c", clock, value, start));
                    }

                    counted += value;
                }

                using var metrics = new QueriedMetrics();
                await metrics.WriteAsync(points);

                var samples = (await ReadAsync(metrics, 0, 2 * Day)).Where(sample => !double.IsNaN(sample.Value)).ToList();
                Assert.Equal(counted, Growth(samples), 9);
                Assert.Equal(0, samples[0].Value);
                var (first, last) = (Math.Min(one, other), Math.Max(one, other));
                var part = (await ReadAsync(metrics, first, last)).Where(sample => !double.IsNaN(sample.Value));
                Assert.Equal(samples.Where(sample => Millis(sample.At) >= Millis(first) && Millis(sample.At) <= Millis(last)), part);
            },
            iter: 60,
            threads: 1);
    }

    private static double DayOf(double seconds) => Math.Floor((seconds + 43_200) / Day);

    private static double Growth(IReadOnlyList<(double At, double Value)> samples) =>
        samples.Skip(1).Zip(samples, (next, previous) => next.Value >= previous.Value ? next.Value - previous.Value : next.Value).Sum();

    private static async Task CheckAsync(QueriedMetrics metrics, Func<double, double> total, IEnumerable<double> times, double first, double last)
    {
        var all = (await ReadAsync(metrics, 0, 2 * Day)).Where(sample => !double.IsNaN(sample.Value)).ToList();
        foreach (var (at, value) in all)
        {
            Assert.Equal(total(at), value, 6);
        }

        Assert.Empty(times.Select(Millis).Except(all.Select(sample => Millis(sample.At))));
        var part = (await ReadAsync(metrics, first, last)).Where(sample => !double.IsNaN(sample.Value));
        Assert.Equal(all.Where(sample => Millis(sample.At) >= Millis(first) && Millis(sample.At) <= Millis(last)), part);
    }

    private static long Millis(double seconds) => QueriedMetrics.Millis(seconds);

    private static async Task<IReadOnlyList<(double At, double Value)>> ReadAsync(QueriedMetrics metrics, double first, double last)
    {
        var set = await metrics.Source.SelectAsync(
            [new LabelMatcher(Labels.MetricName, MatchOperator.Equal, "c_total")], Millis(first), Millis(last), CancellationToken.None);
        var samples = new Samples();
        if (set.Series.Count > 0)
        {
            await set.ReadAsync(0, new[] { samples }, long.MaxValue, CancellationToken.None);
        }

        return [.. Enumerable.Range(0, samples.Count).Select(i => ((samples.Times[i] - QueriedMetrics.Millis(0)) / 1000.0, samples.Values[i]))];
    }
}
