using BenchmarkDotNet.Attributes;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Storage.DuckDb;
using Gander.Storage.DuckDb.Metrics;
using Gander.Storage.DuckDb.Native;

namespace Gander.Benchmarks.Metrics;

/// <summary>Selectors over 50,000 series: from matchers to label sets with their times checked, nothing decoded.</summary>
[MemoryDiagnoser]
public class SeriesIndexBenchmarks
{
    private const int SeriesCount = 50_000;

    private static readonly DateTimeOffset Start = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    private static readonly LabelMatcher[] OneHistogram =
    [
        new(Labels.MetricName, MatchOperator.Equal, "traces_span_metrics_duration_milliseconds_bucket"),
        new("instance", MatchOperator.Equal, "host-0500"),
        new("SpanName", MatchOperator.Equal, "dispatch_tool_call"),
    ];

    private static readonly LabelMatcher[] Pattern =
        [new(Labels.MetricName, MatchOperator.Equal, "agent_load"), new("instance", MatchOperator.Matches, "host-0[12].*")];

    private static readonly LabelMatcher[] Choice =
    [
        new(Labels.MetricName, MatchOperator.Equal, "agent_tokens_total"),
        new("gen_ai_request_model", MatchOperator.Matches, "model-1|model-2"),
        new("team", MatchOperator.NotEqual, "team-3"),
    ];

    private static readonly LabelMatcher[] Everything = [new(Labels.MetricName, MatchOperator.Matches, ".+")];

    private readonly Stack<object> _open = [];
    private string _folder = "";
    private Func<LabelMatcher[], ValueTask<ISeriesSet>> _select = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _folder = Directory.CreateTempSubdirectory("gander-bench-").FullName;
        var root = new DuckDbRoot(new DuckDbStoreOptions { Folder = _folder });
        _open.Push(root);
        var readers = new DuckWorkers(root, "readers", 1, 1_024);
        _open.Push(readers);
        var store = await MetricStore.OpenAsync(root, readers, _folder, new MetricStoreOptions(), new MovedTime(Start));
        _open.Push(store);
        using var series = new RemoteSeries(SeriesCount);
        series.Tick((Start - DateTimeOffset.UnixEpoch).Ticks * 100);
        await store.WriteAsync(series.Requests, CancellationToken.None);
        var source = new OtlpSeriesSource(store, new OtlpTranslationOptions());
        _open.Push(source);
        _select = matchers => source.SelectAsync(matchers, Start.ToUnixTimeMilliseconds(), Start.AddHours(1).ToUnixTimeMilliseconds(), CancellationToken.None);
        await SelectAsync(Everything);
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        foreach (var opened in _open)
        {
            switch (opened)
            {
                case IAsyncDisposable slow:
                    await slow.DisposeAsync();
                    break;
                case IDisposable quick:
                    quick.Dispose();
                    break;
            }
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public Task<int> Seventeen_series_by_three_labels() => SelectAsync(OneHistogram);

    [Benchmark]
    public Task<int> A_regex_over_a_thousand_hosts() => SelectAsync(Pattern);

    [Benchmark]
    public Task<int> A_choice_without_one_team() => SelectAsync(Choice);

    [Benchmark]
    public Task<int> Every_series() => SelectAsync(Everything);

    private async Task<int> SelectAsync(LabelMatcher[] matchers) => (await _select(matchers)).Series.Count;
}
