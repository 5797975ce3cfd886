using System.Globalization;
using System.Text;

namespace Gander.Load.RemoteWrite;

/// <summary>
/// Series as Prometheus would scrape them of many coding agents: 46 an instance, among them a latency histogram by model and
/// counters by tool, with eight to ten labels each, ordered by name.
/// </summary>
internal static class SampleSeries
{
    private static readonly string[] Models = ["claude-sonnet-4-5", "gpt-4o", "gemini-2.5-pro"];
    private static readonly string[] Tools = ["shell", "write", "edit", "tree"];
    private static readonly string[] Bounds = ["2", "10", "50", "100", "200", "400", "800", "1000", "2000", "5000", "15000", "+Inf"];

    /// <summary>The labels of the first <paramref name="count"/> series, names and values in turn.</summary>
    public static List<byte[][]> Make(int count)
    {
        var series = new List<byte[][]>(count);
        for (var instance = 0; series.Count < count; instance++)
        {
            foreach (var model in Models)
            {
                foreach (var bound in Bounds)
                {
                    Add("traces_span_metrics_duration_milliseconds_bucket", instance, ("gen_ai_request_model", model), ("le", bound), ("SpanName", "stream_response_from_provider"));
                }
            }

            foreach (var tool in Tools)
            {
                Add("goose_tool_calls_total", instance, ("tool_name", tool), ("result", "success"));
                Add("goose_tool_completions_total", instance, ("tool_name", tool), ("result", "success"));
            }

            Add("process_resident_memory_bytes", instance);
            Add("process_cpu_seconds_total", instance);
        }

        return series.GetRange(0, count);

        void Add(string name, int instance, params (string Name, string Value)[] labels)
        {
            var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["__name__"] = name,
                ["job"] = "coding-agents",
                ["instance"] = string.Create(CultureInfo.InvariantCulture, $"laptop-{instance:0000}.example.org:9464"),
                ["deployment_environment"] = "production",
                ["team"] = string.Create(CultureInfo.InvariantCulture, $"team-{instance % 12}"),
                ["user"] = string.Create(CultureInfo.InvariantCulture, $"user-{instance:0000}"),
                ["ServiceName"] = "goose",
            };
            foreach (var (key, value) in labels)
            {
                all[key] = value;
            }

            series.Add([.. all.SelectMany(label => new[] { Encoding.UTF8.GetBytes(label.Key), Encoding.UTF8.GetBytes(label.Value) })]);
        }
    }
}
