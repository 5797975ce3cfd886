namespace Gander.Load.Comparing;

/// <summary>One query of a dashboard.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Expression">PromQL.</param>
/// <param name="RangeSeconds">How far back it reaches; 0 asks for one moment.</param>
/// <param name="StepSeconds">The step of a range.</param>
public sealed record DashboardQuery(string Name, string Expression, int RangeSeconds, int StepSeconds)
{
    private const string Page = "{ServiceName=\"goose\",SpanName=\"stream_response_from_provider\"}";
    private const int Hour = 3_600;

    /// <summary>Sixteen queries as dashboards of coding agents ask them.</summary>
    public static IReadOnlyList<DashboardQuery> All { get; } =
    [
        new("page p95, 1 h", $"histogram_quantile(0.95, sum by (le, gen_ai_request_model) (rate(traces_span_metrics_duration_milliseconds_bucket{Page}[5m])))", Hour, 60),
        new("page p95, 24 h", $"histogram_quantile(0.95, sum by (le, gen_ai_request_model) (rate(traces_span_metrics_duration_milliseconds_bucket{Page}[5m])))", 24 * Hour, 300),
        new("p95 by model, all, 6 h", "histogram_quantile(0.95, sum by (le, gen_ai_request_model) (rate(traces_span_metrics_duration_milliseconds_bucket[5m])))", 6 * Hour, 60),
        new("p99 by service, 24 h", "histogram_quantile(0.99, sum by (le, ServiceName) (rate(traces_span_metrics_duration_milliseconds_bucket[5m])))", 24 * Hour, 300),
        new("rate by model, 6 h", "sum by (gen_ai_request_model) (rate(agent_tokens_total[5m]))", 6 * Hour, 60),
        new("top users, 24 h", "topk(10, sum by (user_name) (increase(agent_tokens_total[1h])))", 24 * Hour, 300),
        new("join with team, 6 h", "sum by (team) (rate(process_cpu_seconds_total[5m]) * on (instance) group_left (team) target_info)", 6 * Hour, 60),
        new("subquery maximum, 24 h", "max_over_time(sum(rate(traces_span_metrics_calls_total[5m]))[1h:1m])", 24 * Hour, 300),
        new("mean of 1 h, 24 h", "avg(avg_over_time(agent_active_sessions[1h]))", 24 * Hour, 300),
        new("quantile of 1 h, 6 h", "avg(quantile_over_time(0.9, process_resident_memory_bytes[1h]))", 6 * Hour, 60),
        new("error ratio, 6 h", "sum by (ServiceName) (rate(traces_span_metrics_calls_total{status_code=\"STATUS_CODE_ERROR\"}[5m])) / sum by (ServiceName) (rate(traces_span_metrics_calls_total[5m]))", 6 * Hour, 60),
        new("count of all, 6 h", "count by (job) ({__name__=~\".+\"})", 6 * Hour, 60),
        new("plain rate, 1 h", "rate(agent_tokens_total[5m])", Hour, 60),
        new("instant increase of 24 h", "sum(increase(agent_tokens_total[24h]))", 0, 0),
        new("regex on instances, 6 h", "sum by (instance) (rate(process_cpu_seconds_total{instance=~\"host-00(1|2).*\"}[5m]))", 6 * Hour, 60),
        new("one raw panel, 1 h", "{__name__=~\"process_.*\",instance=\"host-0017:9464\"}", Hour, 60),
    ];
}
