using System.Globalization;
using Gander.Load.Generation;

namespace Gander.Load.Comparing;

/// <summary>
/// The series of coding agents' instances, 46 each: a latency histogram, counters by tool and by kind of token, gauges of the
/// process, and what a join needs. Values are the same on every run; about once a day an instance begins again from zero.
/// Different instances may be ticked at once.
/// </summary>
internal sealed class DashboardSeries
{
    public const int SeriesAnInstance = 46;

    private const int Services = 35;
    private const int Models = 9;
    private const int Users = 300;
    private const int Teams = 13;
    private const int Restart = 1_440;

    private static readonly string[] Bounds = ["2", "4", "6", "8", "10", "50", "100", "200", "400", "800", "1000", "1400", "2000", "5000", "10000", "15000", "+Inf"];
    private static readonly string[] Tools = ["edit", "list", "read", "search", "shell", "tree", "web", "write"];
    private static readonly string[] Kinds = ["cached", "input", "output", "reasoning"];
    private static readonly string[] Gauges = ["agent_active_sessions", "agent_context_tokens", "process_resident_memory_bytes", "process_open_fds", "process_threads", "agent_heap_bytes", "agent_queue_length"];

    private readonly double[] _values;

    public DashboardSeries(int instances)
    {
        Instances = instances;
        _values = new double[instances * SeriesAnInstance];
        for (var i = 0; i < _values.Length; i++)
        {
            // Far from zero, so that a counter which begins inside a window is not taken for one born there.
            _values[i] = 1_000_000 + (SplitMix.Finish((ulong)i) % 1_000_000);
        }
    }

    public int Instances { get; }

    /// <summary>The labels of each series of an instance, name first, the others in order of their names.</summary>
    public static IEnumerable<IReadOnlyList<(string Name, string Value)>> LabelsOf(int instance)
    {
        var service = instance % Services == 0 ? "goose" : Text($"service-{instance % Services:00}");
        var model = Text($"model-{instance / Services % Models}");
        var user = Text($"user-{instance % Users:000}");
        foreach (var bound in Bounds)
        {
            yield return Make("traces_span_metrics_duration_milliseconds_bucket", ("ServiceName", service), ("SpanName", "stream_response_from_provider"), ("gen_ai_request_model", model), ("le", bound));
        }

        yield return Make("traces_span_metrics_duration_milliseconds_sum", ("ServiceName", service), ("SpanName", "stream_response_from_provider"), ("gen_ai_request_model", model));
        yield return Make("traces_span_metrics_duration_milliseconds_count", ("ServiceName", service), ("SpanName", "stream_response_from_provider"), ("gen_ai_request_model", model));
        yield return Make("traces_span_metrics_calls_total", ("ServiceName", service), ("SpanName", "stream_response_from_provider"), ("status_code", "STATUS_CODE_ERROR"));
        yield return Make("traces_span_metrics_calls_total", ("ServiceName", service), ("SpanName", "stream_response_from_provider"), ("status_code", "STATUS_CODE_OK"));
        foreach (var tool in Tools)
        {
            yield return Make("agent_tool_calls_total", ("gen_ai_tool_name", tool), ("user_name", user));
        }

        foreach (var kind in Kinds)
        {
            yield return Make("agent_tokens_total", ("gen_ai_request_model", model), ("gen_ai_token_type", kind), ("user_name", user));
        }

        yield return Make("agent_cost_usd_total", ("gen_ai_request_model", model), ("user_name", user));
        yield return Make("process_cpu_seconds_total");
        yield return Make("agent_sessions_total", ("user_name", user));
        yield return Make("up");
        yield return Make("target_info", ("service_version", Text($"1.{instance % 4}.0")), ("team", Text($"team-{instance % Teams:00}")));
        yield return Make("agent_last_success_timestamp_seconds");
        foreach (var gauge in Gauges)
        {
            yield return Make(gauge);
        }

        List<(string, string)> Make(string name, params ReadOnlySpan<(string Name, string Value)> labels)
        {
            var all = new List<(string Name, string Value)> { ("__name__", name), ("instance", Text($"host-{instance:0000}:9464")), ("job", "agents") };
            all.AddRange(labels);
            all.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
            return all;
        }
    }

    /// <summary>The values of an instance's series a minute later; <paramref name="timeSeconds"/> is the time of the samples.</summary>
    public ReadOnlySpan<double> Tick(int instance, long minute, long timeSeconds)
    {
        var values = _values.AsSpan(instance * SeriesAnInstance, SeriesAnInstance);
        var random = new SplitMix(SplitMix.Finish(((ulong)instance << 32) + (ulong)minute));
        if (random.OneIn(Restart))
        {
            values.Clear();
        }

        var calls = random.Below(4);
        var buckets = values[..Bounds.Length];
        for (var call = 0; call < calls; call++)
        {
            var slowest = Math.Min(random.Below(Bounds.Length), random.Below(Bounds.Length)) + (Bounds.Length / 4);
            var latency = random.Below(15_000) + 1;
            foreach (ref var bucket in buckets[Math.Min(slowest, Bounds.Length - 1)..])
            {
                bucket++;
            }

            values[17] += latency;
            values[18]++;
            values[random.OneIn(20) ? 19 : 20]++;
            values[21 + random.Below(Tools.Length)]++;
            values[29] += random.Below(20_000);
            values[30] += random.Below(4_000);
            values[31] += random.Below(2_000);
            values[32] += random.Below(500);
            values[33] = Math.Round(values[33] + (random.Below(2_000) / 10_000.0), 4);
        }

        values[34] = Math.Round(values[34] + (random.Below(60) / 100.0), 2);
        values[35] += random.OneIn(60) ? 1 : 0;
        values[36] = 1;
        values[37] = 1;
        values[38] = timeSeconds;
        values[39] = random.Below(8);
        values[40] = random.Below(200_000);
        values[41] = 4_096L * (30_000 + random.Below(20_000));
        values[42] = 40 + random.Below(30);
        values[43] = 20 + random.Below(8);
        values[44] = 1_024L * (60_000 + random.Below(60_000));
        values[45] = random.Below(5);
        return values;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
