using BenchmarkDotNet.Attributes;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;

namespace Gander.Benchmarks.PromQl;

/// <summary>
/// Whole queries over series in memory: 50 instances (3,650 series), six hours in steps of a minute. Allocated bytes are the figure
/// to watch: they must grow with groups and results, not with series or samples.
/// </summary>
[MemoryDiagnoser]
public class QueryBenchmarks
{
    private const int Steps = 360;

    private readonly PromQlEngine _engine = new(new GeneratedSeries(instances: 50, samples: Steps + 61), new QueryLimits(), PromQlFeatures.All);

    [Params(
        "rate(latency_bucket[5m])",
        "sum by (model) (rate(latency_bucket[5m]))",
        "histogram_quantile(0.95, sum by (le, model) (rate(latency_bucket[5m])))",
        "avg_over_time(active_sessions[1h])",
        "quantile_over_time(0.9, active_sessions[1h])",
        "sum by (team) (rate(requests_total[5m]) * on (instance) group_left (team) target_info)",
        "topk(5, sum by (user) (rate(requests_total[5m])))",
        "count({__name__=~\".+\"})")]
    public string Query { get; set; } = "";

    [Benchmark]
    public async Task<int> Range()
    {
        const long First = 60 * GeneratedSeries.StepMillis;
        var answer = await _engine.RangeAsync(Query, First, First + (Steps * GeneratedSeries.StepMillis), GeneratedSeries.StepMillis, CancellationToken.None);
        return answer.Result.Series.Count;
    }
}
