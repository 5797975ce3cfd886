using Gander.Ingest.Derived;
using Gander.Ingest.Derived.Logs;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Stores;
using Gander.Tests.Stores.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gander.Tests.Ingest.Derived.Logs;

/// <summary>What is added up of log records, and what is not.</summary>
public sealed class LogMetricsTests : IAsyncDisposable
{
    private const string Tokens = "goose.session_tokens";

    private readonly ManualTime _time = new("2026-03-10T12:00Z");
    private readonly InMemoryStore _store;
    private Derivation<LogBatch>? _derivation;

    public LogMetricsTests() => _store = new InMemoryStore(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_derivation is not null)
        {
            await _derivation.DisposeAsync();
        }
    }

    [Fact]
    public async Task Counters_in_logs_become_the_metrics_that_goose_would_send()
    {
        await StartAsync();
        await LogAsync(Counter("session_tokens", 1_200, ("session_type", "run")));
        await LogAsync(Counter("session_tokens", 300, ("session_type", "run")), Counter("session_completions", 1, ("exit_type", "normal"), ("duration_ms", 77L), ("message_count", 4L)));
        await PassAsync(TimeSpan.FromMinutes(3));

        var point = (await DerivedPoints.ReadAsync(_store.Metrics, Tokens))[^1];
        Assert.Equal((MetricKind.Sum, Temporality.Cumulative, true, "", 1_500.0), (point.Kind, point.Temporality, point.IsMonotonic, point.Unit, point.Value.Double));
        Assert.Equal("gander.source=logs session_type=run", DerivedPoints.Labels(point));
        Assert.Equal(Some.GooseResource.Id, point.Resource.Id);
        Assert.Equal("exit_type=normal gander.source=logs", DerivedPoints.Labels((await DerivedPoints.ReadAsync(_store.Metrics, "goose.session_completions"))[^1]));
    }

    [Fact]
    public async Task A_counter_begins_at_zero_in_the_round_before_its_first_record()
    {
        await StartAsync();
        await FlushAsync();
        var before = _time.NowNanos;
        await LogAsync(Counter("session_tokens", 5));
        await FlushAsync();
        var after = _time.NowNanos;
        await PassAsync(TimeSpan.FromMinutes(3));

        var first = (await DerivedPoints.ReadAsync(_store.Metrics, Tokens))[0];
        Assert.Equal((before, after), (first.StartNanos, first.TimeNanos));
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(30)]
    [InlineData(100)]
    public async Task What_comes_as_a_metric_too_is_not_counted_again(int secondsLater)
    {
        await StartAsync();
        var native = Native(_time.NowNanos + 60_000_000_000);
        if (secondsLater < 0)
        {
            await _store.Metrics.WriteAsync([PointRecord.Batch([native])], Cancel);
        }

        await LogAsync(Counter("session_tokens", 1_200));
        await PassAsync(TimeSpan.FromSeconds(Math.Max(0, secondsLater)));
        if (secondsLater >= 0)
        {
            await _store.Metrics.WriteAsync([PointRecord.Batch([native])], Cancel);
        }

        await PassAsync(TimeSpan.FromMinutes(4));

        Assert.Single(await DerivedPoints.ReadAsync(_store.Metrics, Tokens));
    }

    [Theory]
    [InlineData("another emitter")]
    [InlineData("another metric")]
    [InlineData("an earlier time")]
    public async Task Metrics_of_others_do_not_keep_a_record_from_being_counted(string what)
    {
        await StartAsync();
        var native = Native(_time.NowNanos + 60_000_000_000);
        await _store.Metrics.WriteAsync(
            [
                PointRecord.Batch([what switch
                {
                    "another emitter" => native with { Resource = Some.Resource("goose", ("host.name", "other-host")) },
                    "another metric" => native with { Name = "goose.tool_calls" },
                    _ => native with { TimeNanos = _time.NowNanos - 60_000_000_000 },
                }]),
            ],
            Cancel);
        await LogAsync(Counter("session_tokens", 7));
        await PassAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(7, (await DerivedPoints.ReadAsync(_store.Metrics, Tokens))[^1].Value.Double);
    }

    [Fact]
    public async Task Nothing_is_counted_before_the_metric_had_time_to_come()
    {
        await StartAsync();
        await LogAsync(Counter("session_tokens", 7));
        await PassAsync(TimeSpan.FromSeconds(100));

        Assert.Empty(await DerivedPoints.ReadAsync(_store.Metrics, Tokens));
    }

    [Fact]
    public async Task A_crash_or_a_stop_neither_loses_nor_doubles_a_record()
    {
        await StartAsync();
        await LogAsync(Counter("session_tokens", 1));
        await PassAsync(TimeSpan.FromMinutes(3));
        await LogAsync(Counter("session_tokens", 10));
        await PassAsync(TimeSpan.FromMinutes(1));
        await StartAsync();
        await LogAsync(Counter("session_tokens", 100));
        await PassAsync(TimeSpan.FromMinutes(1));
        await _derivation!.DisposeAsync();
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(111, await DerivedPoints.TotalAsync(_store.Metrics, Tokens));
    }

    [Fact]
    public async Task Metrics_that_came_before_a_crash_are_still_known_after_it()
    {
        await StartAsync();
        await LogAsync(Counter("session_tokens", 10));
        await _store.Metrics.WriteAsync([PointRecord.Batch([Native(_time.NowNanos + 1)])], Cancel);
        _time.Advance(TimeSpan.FromHours(5));
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(4));

        Assert.Single(await DerivedPoints.ReadAsync(_store.Metrics, Tokens));
    }

    [Fact]
    public async Task Counters_above_the_limit_are_left_out()
    {
        await StartAsync(new LogMetricsOptions { MaxSeries = 2, HoldSeconds = 0 });
        await LogAsync([.. Enumerable.Range(0, 5).Select(i => Counter("tool_calls", 1, ("tool_name", $"tool {i}")))]);
        await PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, (await DerivedPoints.ReadAsync(_store.Metrics, "goose.tool_calls")).Select(point => point.Series).Distinct().Count());
    }

    [Fact]
    public async Task A_counter_without_records_ends_and_begins_anew()
    {
        await StartAsync(new LogMetricsOptions { HoldSeconds = 0, IdleMinutes = 5 });
        await LogAsync(Counter("session_tokens", 1));
        await PassAsync(TimeSpan.FromMinutes(20));
        await LogAsync(Counter("session_tokens", 1));
        await PassAsync(TimeSpan.FromMinutes(1));

        var points = await DerivedPoints.ReadAsync(_store.Metrics, Tokens);
        Assert.Equal(2, points.Select(point => point.StartNanos).Distinct().Count());
        Assert.All(points, point => Assert.Equal(1, point.Value.Double));
        Assert.InRange(points.Count, 6, 12);
    }

    [Theory]
    [InlineData(2L, 2.0)]
    [InlineData(0.5, 0.5)]
    [InlineData("1.25", 1.25)]
    [InlineData(-1L, null)]
    [InlineData("many", null)]
    [InlineData(true, 0.0)]
    public async Task A_value_must_be_a_number_that_is_not_negative(object value, double? expected)
    {
        await StartAsync(new LogMetricsOptions { Rules = ["cost as agent.cost by model model gander.source"], HoldSeconds = 0 });
        await LogAsync(Some.Log(attributes: [("cost", value), ("model", "m")]));
        await PassAsync(TimeSpan.FromSeconds(30));

        var points = await DerivedPoints.ReadAsync(_store.Metrics, "agent.cost");
        Assert.Equal(expected, points.Count == 0 ? null : points[^1].Value.Double);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a as b c")]
    [InlineData("a by")]
    [InlineData("*")]
    [InlineData("a*b")]
    [InlineData("a as b*")]
    [InlineData("a.* as *.*")]
    [InlineData("a by prompt")]
    public void A_rule_that_makes_no_sense_is_refused(string rule)
    {
        var options = new LogMetricsOptions { Rules = [rule] };

        Assert.NotEmpty(options.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(options)));
    }

    [Fact]
    public void The_rule_that_is_shipped_makes_sense() =>
        Assert.Empty(new LogMetricsOptions().Validate(new System.ComponentModel.DataAnnotations.ValidationContext(this)));

    private static PointRecord Native(long timeNanos) => new() { Name = Tokens, StartNanos = timeNanos - 1, TimeNanos = timeNanos, Value = AttributeValue.Of(1_200L) };

    private LogRecord Counter(string name, long value, params (string Key, object Value)[] labels) =>
        Some.Log(attributes: [($"monotonic_counter.goose.{name}", value), .. labels]) with { ObservedNanos = _time.NowNanos };

    private async Task LogAsync(params LogRecord[] records)
    {
        using var batch = Some.LogBatch(records);
        _derivation!.Observe(batch, (await _store.Logs.WriteAsync([batch], Cancel)).Sequence);
    }

    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(15))
        {
            await FlushAsync();
        }
    }

    private async Task FlushAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(15));
        await _derivation!.FlushAsync(Cancel);
    }

    private async Task StartAsync(LogMetricsOptions? options = null)
    {
        _derivation = new Derivation<LogBatch>(
            new LogMetrics(options ?? new LogMetricsOptions(), _store.Metrics, NullLogger.Instance),
            (exports, cancellationToken) => _store.Logs.ReadExportsAsync(exports, RecordDetail.Attributes, cancellationToken),
            _store.Metrics,
            _time,
            TimeSpan.FromHours(1),
            NullLogger.Instance);
        await _derivation.StartAsync(_store.Logs.LastSequence, Cancel);
    }
}
