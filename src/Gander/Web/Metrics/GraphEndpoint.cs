using System.Text.Json;
using Gander.Prometheus;
using Gander.Prometheus.Answers;
using Gander.Prometheus.Parameters;
using Gander.Prometheus.Queries;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Web.Metrics;

/// <summary>
/// <c>POST /ui/promql/graph</c>: a <c>query</c> between <c>start</c> and <c>end</c> in columns, with steps that fit a graph of
/// <c>width</c> pixels, the largest series alone, and the reason when there is nothing.
/// </summary>
internal sealed class GraphEndpoint(QueryRunner runner, ISeriesCatalogue catalogue) : PrometheusEndpoint
{
    private const int MaxPoints = 1_000;
    private const int MaxReasons = 4;
    private const long Second = 1_000;

    // Steps are lengths that people name, so that a range that moves on meets the same times again.
    private static readonly long[] Steps =
    [
        Second, 2 * Second, 5 * Second, 10 * Second, 15 * Second, 30 * Second, 60 * Second, 120 * Second, 300 * Second, 600 * Second, 900 * Second, 1_800 * Second, 3_600 * Second,
        7_200 * Second, 10_800 * Second, 21_600 * Second, 43_200 * Second, 86_400 * Second, 604_800 * Second,
    ];

    /// <inheritdoc/>
    public override string Path => "/ui/promql/graph";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <summary>The step for a range of this length on a graph of <paramref name="points"/> points.</summary>
    public static long StepFor(long lengthMillis, int points) =>
        Steps.FirstOrDefault(step => lengthMillis / step <= points, Math.Max(Steps[^1], lengthMillis / points));

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var query = request.Parameters.Text("query");
        var (from, to) = (request.Parameters.Time("start"), request.Parameters.Time("end"));
        if (to <= from)
        {
            throw PrometheusException.BadParameter("end", "the range ends before it starts");
        }

        var step = StepFor(to - from, Math.Clamp(request.Parameters.Limit(MaxPoints, "width"), 50, MaxPoints));
        var start = from / step * step;
        var steps = (int)((to - start) / step) + 1;
        var answer = await runner.RangeAsync(query, start, start + ((steps - 1) * step), step, default, request.CancellationToken);
        var graph = GraphData.Of((QueryResult.Matrix)answer.Result, start, step, steps);
        var reasons = graph.Total + graph.WithoutFloats == 0 ? await ReasonsAsync(query, request.CancellationToken) : [];
        await WriteAsync(request, graph, answer, step, reasons);
    }

    private static async Task WriteAsync(PrometheusRequest request, GraphData graph, QueryAnswer<QueryResult> answer, long step, IReadOnlyList<string> reasons)
    {
        await using var body = request.Begin();
        using (var json = new Utf8JsonWriter(body.Json))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            json.WriteNumber("tookMs", Math.Round(answer.Statistics.Elapsed.TotalMilliseconds, 1));
            json.WriteNumber("samples", answer.Statistics.SamplesRead);
            json.WriteNumber("total", graph.Total);
            json.WriteNumber("withoutFloats", graph.WithoutFloats);
            json.WriteStartArray("reasons");
            foreach (var reason in reasons)
            {
                json.WriteStringValue(reason);
            }

            json.WriteEndArray();
            json.WriteStartArray("times");
            foreach (var instant in graph.Times)
            {
                json.WriteNumberValue(instant);
            }

            json.WriteEndArray();
            json.WriteStartArray("series");
            var colours = Colours(graph);
            for (var i = 0; i < graph.Series.Count; i++)
            {
                Write(json, graph.Series[i].Labels, graph.Series[i].Values, colours?[i]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        Envelope.End(body.Json, answer.Annotations.Warnings, answer.Annotations.Infos);
        await body.CompleteAsync();
    }

    // Where each series is an agent of its own, it has the colour that the agent has on every page.
    private static List<string>? Colours(GraphData graph)
    {
        var colours = graph.Series.Select(series => series.Labels["agent"] is { Length: > 0 } agent ? agent : series.Labels["service_name"]).Where(agent => agent.Length > 0).Select(agent => AgentColour.Of(agent).Replace("c-", "s", StringComparison.Ordinal)).ToList();
        return colours.Count == graph.Series.Count && colours.Distinct().Count() == colours.Count ? colours : null;
    }

    private static void Write(Utf8JsonWriter json, Labels labels, double[] values, string? colour)
    {
        json.WriteStartObject();
        if (colour is not null)
        {
            json.WriteString("colour", colour);
        }

        json.WriteStartObject("labels");
        foreach (var (name, value) in labels.Pairs())
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("values");
        foreach (var value in values)
        {
            // JSON has no infinities, and a graph no place for them.
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // An empty answer is worth a word: was the name mistyped, or is the range wrong?
    private async Task<IReadOnlyList<string>> ReasonsAsync(string query, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var selector in Selectors.Of(Parser.Parse(query, runner.Features)).Take(MaxReasons))
        {
            var found = await catalogue.FindAsync([selector.Matchers], PrometheusTime.FirstMillis, PrometheusTime.LastMillis, 1, cancellationToken);
            var text = PromQlPrinter.PrintLine(selector with { Modifiers = default });
            reasons.Add(found.Count > 0 ? $"{text} has series, but gives nothing in this time range." : $"No series was ever stored that matches {text}.");
        }

        return reasons;
    }
}
