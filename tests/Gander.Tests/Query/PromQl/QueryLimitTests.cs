using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;
using Gander.Tests.Query.PromQl.Recorded;

namespace Gander.Tests.Query.PromQl;

public sealed class QueryLimitTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public async Task Too_many_samples_are_refused_with_both_numbers()
    {
        var error = await FailAsync("sum(rate(x[5m]))", new QueryLimits { MaxSamples = 100 });

        Assert.Equal(QueryErrorKind.LimitExceeded, error.Kind);
        Assert.Contains("the 100 samples that one query may read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_much_memory_is_refused_with_what_it_would_take()
    {
        var error = await FailAsync("topk(5, x)", new QueryLimits { MaxBytes = 10_000 });

        Assert.Equal(QueryErrorKind.LimitExceeded, error.Kind);
        Assert.Contains("MiB that one query may use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_steps_are_refused_before_anything_is_read()
    {
        var error = await FailAsync("max_over_time(x[1h:1s])", new QueryLimits { MaxSteps = 1_000 });

        Assert.Equal(QueryErrorKind.LimitExceeded, error.Kind);
        Assert.Contains("steps", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_stopped()
    {
        var engine = new PromQlEngine(new WaitingSource(), new QueryLimits { Timeout = TimeSpan.FromMilliseconds(1) });

        var error = await Assert.ThrowsAsync<QueryException>(() => engine.InstantAsync("x", 0, TestContext.Current.CancellationToken));

        Assert.Equal(QueryErrorKind.TimedOut, error.Kind);
        Assert.Contains("0.001 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_goes_away_stops_its_query()
    {
        using var client = new CancellationTokenSource();
        var engine = new PromQlEngine(new WaitingSource(), new QueryLimits());
        var answer = engine.InstantAsync("x", 0, client.Token);

        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task An_aggregation_holds_its_groups_and_not_its_series()
    {
        var engine = new PromQlEngine(Source(series: 2_000), new QueryLimits { MaxBytes = 3_000_000, MaxWorkers = 1 });

        var answer = await engine.RangeAsync("sum by (b) (rate(x[5m]))", 0, Hour, 15_000, TestContext.Current.CancellationToken);

        Assert.Equal(2, answer.Result.Series.Count);
        Assert.True(answer.Statistics.PeakBytes < 2_000_000, $"{answer.Statistics.PeakBytes} bytes");
    }

    [Theory]
    [InlineData("sum by (b) (x / 3)")]
    [InlineData("avg(x / 3)")]
    [InlineData("stddev(x / 3)")]
    [InlineData("max by (b) (x)")]
    [InlineData("x * on (a) group_left x")]
    public async Task The_answer_is_the_same_to_the_last_digit_on_any_number_of_threads(string query)
    {
        var source = Source(series: 1_500);
        var one = await new PromQlEngine(source, new QueryLimits { MaxWorkers = 1 }).RangeAsync(query, 0, Hour, 60_000, TestContext.Current.CancellationToken);
        var many = await new PromQlEngine(source, new QueryLimits { MaxWorkers = 7 }).RangeAsync(query, 0, Hour, 60_000, TestContext.Current.CancellationToken);

        Assert.Equal(one.Result.Series.Select(series => series.Labels), many.Result.Series.Select(series => series.Labels));
        Assert.All(one.Result.Series.Zip(many.Result.Series), pair => Assert.True(pair.First.Samples.Values.SequenceEqual(pair.Second.Samples.Values)));
    }

    [Fact]
    public async Task A_part_that_occurs_twice_is_read_once()
    {
        var source = Source(series: 10);
        var engine = new PromQlEngine(source, new QueryLimits());

        await engine.RangeAsync("sum(rate(x[5m]))", 0, Hour, 60_000, TestContext.Current.CancellationToken);
        var once = source.SamplesRead;
        await engine.RangeAsync("sum(rate(x[5m])) / (1 + sum(rate(x[5m])))", 0, Hour, 60_000, TestContext.Current.CancellationToken);

        Assert.Equal(2 * once, source.SamplesRead);
    }

    private static Task<QueryException> FailAsync(string query, QueryLimits limits) => Assert.ThrowsAsync<QueryException>(
        () => new PromQlEngine(Source(series: 50), limits).RangeAsync(query, 0, Hour, 60_000, TestContext.Current.CancellationToken));

    private static MemorySeriesSource Source(int series)
    {
        var source = new MemorySeriesSource();
        for (var i = 0; i < series; i++)
        {
            var samples = source.SamplesOf(Labels.Of([new(Labels.MetricName, "x"), new("a", $"{i:0000}"), new("b", $"{i % 2}")]));
            for (var time = 0L; time <= Hour; time += 60_000)
            {
                samples.Add(time, (time / 1000.0) + (i * 0.1));
            }
        }

        return source;
    }

    private sealed class WaitingSource : ISeriesSource
    {
        public async ValueTask<ISeriesSet> SelectAsync(
            IReadOnlyList<LabelMatcher> matchers, long firstMillis, long lastMillis, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("nobody waits for ever");
        }
    }
}
