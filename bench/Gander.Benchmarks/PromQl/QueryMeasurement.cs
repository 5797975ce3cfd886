using System.Diagnostics;
using System.Globalization;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;

namespace Gander.Benchmarks.PromQl;

/// <summary>CPU time of dashboard queries over series in memory, so that the engine's share of a server's figures is known.</summary>
internal static class QueryMeasurement
{
    private const int Runs = 5;
    private const long Minute = GeneratedSeries.StepMillis;

    private static readonly (string Query, int Hours, int StepMinutes)[] s_queries =
    [
        ("histogram_quantile(0.95, sum by (le, model) (rate(latency_bucket{span=\"stream\"}[5m])))", 1, 1),
        ("histogram_quantile(0.95, sum by (le, model) (rate(latency_bucket[5m])))", 6, 1),
        ("histogram_quantile(0.99, sum by (le, instance) (rate(latency_bucket[5m])))", 24, 5),
        ("sum by (status) (rate(requests_total[5m]))", 6, 1),
        ("topk(10, sum by (user) (increase(requests_total[1h])))", 24, 5),
        ("sum by (team) (rate(requests_total[5m]) * on (instance) group_left (team) target_info)", 6, 1),
        ("max_over_time(sum(rate(requests_total[5m]))[1h:1m])", 24, 5),
        ("avg(avg_over_time(active_sessions[1h]))", 24, 5),
        ("avg(quantile_over_time(0.9, active_sessions[1h]))", 6, 1),
        ("sum by (user) (rate(requests_total{status=\"error\"}[5m])) / sum by (user) (rate(requests_total[5m]))", 6, 1),
        ("count({__name__=~\".+\"})", 6, 1),
        ("rate(requests_total[5m])", 1, 1),
        ("sum(increase(requests_total[24h]))", 0, 1),
    ];

    public static async Task RunAsync(int instances)
    {
        var source = new GeneratedSeries(instances, 1_500);
        Print($"{source.Count} series, {source.Count * 1_500L / 1_000_000} M samples");
        var engine = new PromQlEngine(source, new QueryLimits { MaxSamples = long.MaxValue }, PromQlFeatures.All);
        const long End = 1_499 * Minute;
        foreach (var (query, hours, step) in s_queries)
        {
            var (wall, cpu, allocated) = (double.MaxValue, double.MaxValue, 0L);
            for (var run = 0; run < Runs; run++)
            {
                var bytes = GC.GetTotalAllocatedBytes();
                var used = Process.GetCurrentProcess().TotalProcessorTime;
                var started = Stopwatch.GetTimestamp();
                if (hours == 0)
                {
                    await engine.InstantAsync(query, End, CancellationToken.None);
                }
                else
                {
                    await engine.RangeAsync(query, End - (hours * 60 * Minute), End, step * Minute, CancellationToken.None);
                }

                wall = Math.Min(wall, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                cpu = Math.Min(cpu, (Process.GetCurrentProcess().TotalProcessorTime - used).TotalMilliseconds);
                allocated = GC.GetTotalAllocatedBytes() - bytes;
            }

            Print($"{wall,7:f1} ms wall {cpu,7:f1} ms CPU {allocated >> 10,8} KiB  {query} over {hours} h");
        }
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
