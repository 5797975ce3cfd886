using CsCheck;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;
using Gander.Tests.Query.PromQl.Plain;
using Gander.Tests.Query.PromQl.Recorded;

namespace Gander.Tests.Query.PromQl;

public sealed class EngineProperties
{
    private const int Series = 9;

    private static readonly Gen<string> s_duration = Gen.OneOf("30s", "1m", "90s", "5m", "17m", "1h");

    private static readonly Gen<string> s_modifiers = Gen.Frequency(
        (6, Gen.Const("")), (1, Gen.Const(" offset 2m")), (1, Gen.Const(" offset -45s")), (1, Gen.Const(" @ 1800")), (1, Gen.Const(" @ start()")), (1, Gen.Const(" @ end() offset 1m")));

    private static readonly Gen<string> s_series = Gen.OneOf(
        "x", "y", "x{a=\"1\"}", "x{a=~\"1|2\"}", "{__name__=~\"x|y\",a!=\"0\"}", "y{b=~\".*q\"}", "nothing");

    private static readonly Gen<string> s_selector = Gen.Select(s_series, s_modifiers, (series, modifiers) => series + modifiers);

    [Fact]
    public void The_engine_answers_as_the_plain_evaluator()
    {
        Gen.Select(Vector(3), Samples(), Gen.Long[0, 40], Gen.OneOf(15_000L, 60_000L, 77_000L, 300_000L)).Sample(
            (query, data, first, step) => Compare(query, data, 600_000 + (first * 20_000), step),
            iter: 600);
    }

    [Fact]
    public void An_instant_query_is_a_step_of_a_range_query()
    {
        Gen.Select(Vector(2), Samples(), Gen.Long[0, 40]).Sample(
            (query, data, first) =>
            {
                if (PinsQuery(query))
                {
                    return;
                }

                var engine = new PromQlEngine(Source(data), new QueryLimits());
                var start = 600_000 + (first * 20_000);
                var range = Ask(() => engine.RangeAsync(query, start, start + 240_000, 60_000, CancellationToken.None));
                var instant = Ask(() => engine.InstantAsync(query, start + 120_000, CancellationToken.None));
                if (range is null || instant is null)
                {
                    return;
                }

                var at = range.Result.Series.SelectMany(series => Points(series).Where(point => point.Time == start + 120_000).Select(point => (series.Labels, point.Value)));
                AssertSame(query, at.ToDictionary(pair => pair.Labels, pair => pair.Value), ((QueryResult.Vector)instant.Result).Samples.ToDictionary(sample => sample.Labels, sample => sample.Value));
            },
            iter: 300);
    }

    // x is a counter, y a gauge; both with gaps, stale markers and an irregular clock.
    private static Gen<(int Gap, int Step)[][]> Samples() =>
        Gen.Select(Gen.Frequency((8, Gen.Int[1, 60]), (1, Gen.Int[300, 500])), Gen.Frequency((12, Gen.Int[0, 9]), (1, Gen.Const(-1)), (1, Gen.Const(-2))))
            .Array[0, 60].Array[Series];

    // Inside of subqueries values are whole numbers: a last digit that differs would be a change or a reset.
    private static Gen<string> Whole => Gen.OneOf(
        s_selector,
        Gen.Select(s_selector, Gen.OneOf("sum by (a)", "count by (b)", "max without (b)"), (selector, name) => $"{name} ({selector})"),
        Gen.Select(s_series, s_duration, Gen.OneOf("sum_over_time", "count_over_time", "min_over_time"), (series, length, name) => $"{name}({series}[{length}])"),
        Gen.Select(s_selector, Gen.OneOf("or", "and", "unless"), s_selector, (left, sign, right) => $"{left} {sign} {right}"),
        s_selector.Select(selector => $"-abs({selector}) * 2 + scalar(y{{a=\"0\"}})"));

    private static Gen<string> Vector(int depth)
    {
        if (depth == 0)
        {
            return s_selector;
        }

        var inner = Vector(depth - 1);
        var window = Gen.OneOf(
            Gen.Select(s_series, s_duration, s_modifiers, (series, length, modifiers) => $"{series}[{length}]{modifiers}"),
            Gen.Select(Whole, s_duration, Gen.OneOf(":", ":45s", ":2m"), s_modifiers, (vector, length, step, modifiers) => $"({vector})[{length}{step}]{modifiers}"));
        var grouping = Gen.OneOf("", " by (a)", " by (a, b)", " without (a)");
        var number = Gen.OneOf("2", "0.5", "-1", "time()", "scalar(y{a=\"0\"})");
        return Gen.Frequency(
            (1, s_selector),
            (4, Gen.Select(Gen.OneOf("rate", "increase", "delta", "irate", "sum_over_time", "avg_over_time", "count_over_time", "present_over_time", "min_over_time", "max_over_time", "last_over_time", "stdvar_over_time", "changes", "resets"), window, (function, range) => $"{function}({range})")),
            (1, Gen.Select(Gen.OneOf("0", "0.3", "0.95", "1"), window, (quantile, range) => $"quantile_over_time({quantile}, {range})")),
            (3, Gen.Select(Gen.OneOf("sum", "avg", "count", "group", "min", "max", "stdvar"), grouping, inner, (name, by, vector) => $"{name}{by} ({vector})")),
            (1, Gen.Select(Gen.OneOf("quantile", "quantile without (b)"), inner, (name, vector) => $"{name} (0.4, {vector})")),
            (2, Gen.Select(inner, Gen.OneOf("+", "-", "*"), number, (vector, sign, scalar) => $"({vector}) {sign} {scalar}")),
            (1, Gen.Select(number, Gen.OneOf("-", "*"), inner, (scalar, sign, vector) => $"{scalar} {sign} ({vector})")),
            (2, Gen.Select(inner, Gen.OneOf("+", "-", "*"), inner, (left, sign, right) => $"sum by (a) ({left}) {sign} on (a) sum by (a) ({right})")),

            // What is compared are whole numbers: a last digit that differs must not decide.
            (1, Gen.Select(s_selector, Gen.OneOf(">", "<= bool", "!="), number, (vector, sign, scalar) => $"{vector} {sign} {scalar}")),
            (1, Gen.Select(s_selector, Gen.OneOf(">", "== bool", "<"), s_selector, (left, sign, right) => $"sum by (a) ({left}) {sign} on (a) max by (a) ({right})")),
            (1, Gen.Select(inner, inner, (left, right) => $"sum by (a, b) ({left}) * on (a) group_left avg by (a) ({right})")),
            (2, Gen.Select(inner, Gen.OneOf("and", "or", "unless", "and on (a)", "unless on (a)"), inner, (left, sign, right) => $"({left}) {sign} ({right})")),
            (1, inner.Select(vector => $"-abs({vector})")));
    }

    private static void Compare(string query, (int Gap, int Step)[][] data, long start, long step)
    {
        var source = Source(data);
        var end = start + (12 * step);
        var answer = Ask(() => new PromQlEngine(source, new QueryLimits()).RangeAsync(query, start, end, step, CancellationToken.None));
        if (answer is null)
        {
            return;
        }

        var plain = new PlainEvaluator(source, start, end);
        var expression = Parser.Parse(query);
        for (var time = start; time <= end; time += step)
        {
            var expected = plain.Vector(expression, time).ToDictionary(
                sample => sample.DropsName ? sample.Labels.WithoutName() : sample.Labels, sample => sample.Value);
            var actual = answer.Result.Series.SelectMany(series => Points(series).Where(point => point.Time == time).Select(point => (series.Labels, point.Value)));
            AssertSame($"{query} at {time}", expected, actual.ToDictionary(pair => pair.Labels, pair => pair.Value));
        }
    }

    /// <summary>The answer, or null where series cannot be paired or labels collide, which random queries may well do.</summary>
    private static QueryAnswer<TResult>? Ask<TResult>(Func<Task<QueryAnswer<TResult>>> ask)
        where TResult : QueryResult
    {
        try
        {
            var answer = ask();
            Assert.True(answer.IsCompleted, "a source in memory never waits");
            return answer.GetAwaiter().GetResult();
        }
        catch (QueryException error) when (error.Kind == QueryErrorKind.Execution)
        {
            return null;
        }
    }

    private static void AssertSame(string query, Dictionary<Labels, double> expected, Dictionary<Labels, double> actual)
    {
        Assert.True(expected.Count == actual.Count, $"{query}: expected {string.Join(' ', expected)}, got {string.Join(' ', actual)}");
        foreach (var (labels, value) in expected)
        {
            var isSame = actual.TryGetValue(labels, out var other)
                && (value.Equals(other) || Math.Abs(value - other) <= 1e-9 * Math.Max(1, Math.Max(Math.Abs(value), Math.Abs(other))));
            Assert.True(isSame, $"{query} {labels}: expected {value}, got {other}");
        }
    }

    private static IEnumerable<(long Time, double Value)> Points(MatrixSeries series) =>
        series.Samples.Times.ToArray().Zip(series.Samples.Values.ToArray());

    private static bool PinsQuery(string query) => query.Contains("start()", StringComparison.Ordinal) || query.Contains("end()", StringComparison.Ordinal);

    private static MemorySeriesSource Source((int Gap, int Step)[][] data)
    {
        var source = new MemorySeriesSource();
        for (var i = 0; i < data.Length; i++)
        {
            var isCounter = i < 6;
            var labels = Labels.Of([new(Labels.MetricName, isCounter ? "x" : "y"), new("a", $"{i % 3}"), new("b", i % 2 == 0 ? "p" : "q")]);
            var (time, value) = (0L, 0.0);
            foreach (var (gap, step) in data[i])
            {
                time += gap * 1_000L;
                value = step == -2 ? 0 : isCounter ? value + Math.Max(0, step) : value + step - 4;
                source.Add(labels, time, step == -1 ? StaleMarker.Value : value);
            }
        }

        return source;
    }
}
