using System.Runtime.InteropServices;
using System.Text.Json;
using Gander.Api.Calls;
using Gander.Sessions;

namespace Gander.Api.Overview;

/// <summary>Writes the figures as the API's <c>Overview</c> schema describes them.</summary>
internal static class OverviewJson
{
    private const int MaxTools = 50;
    private const int MaxModels = 50;
    private const int MaxSessions = 10;

    private static readonly string[] StatusNames = [.. Enum.GetValues<SessionStatus>().Select(status => JsonNamingPolicy.CamelCase.ConvertName(status.ToString()))];
    private static readonly string[] LengthNames = ["p50", "p95", "p99", "max"];
    private static readonly string[] TokenNames = ["input", "output", "cacheRead", "cacheWrite", "reasoning"];
    private static readonly string[] CallNames = ["modelCalls", "modelErrors", "toolCalls", "toolFailures"];

    /// <summary>The whole answer.</summary>
    public static void Write(Utf8JsonWriter json, OverviewFigures figures, bool sessionsCut, bool spansCut)
    {
        json.WriteStartObject();
        json.WriteTime("start", figures.Range.StartNanos);
        json.WriteTime("end", figures.Range.EndNanos);
        json.WriteBoolean("sessionsCut", sessionsCut);
        json.WriteBoolean("modelSpansCut", spansCut);
        WriteSessions(json, figures);
        WriteLengths(json, figures.Lengths);
        json.WriteTokens("tokens", figures.Tokens);
        WriteCalls(json, figures.CallSeries);
        json.WriteNumber("sessionsWithUnknownToolFailures", figures.ToolFailuresUnknown);
        json.WriteStartObject("cost");
        json.WriteNumber("usd", figures.CostUsd);
        json.WriteNumber("unpricedSessions", figures.Unpriced);
        json.WriteEndObject();
        WriteAgents(json, figures);
        WriteTools(json, figures);
        WriteModels(json, figures);
        WriteSeries(json, figures);
        json.WriteEndObject();
    }

    private static void WriteSessions(Utf8JsonWriter json, OverviewFigures figures)
    {
        json.WriteStartObject("sessions");
        json.WriteNumber("active", figures.Active);
        json.WriteNumber("started", figures.Sessions);
        for (var status = 0; status < StatusNames.Length; status++)
        {
            json.WriteNumber(StatusNames[status], figures.SessionSeries[status].Sum());
        }

        json.WriteEndObject();
    }

    private static void WriteLengths(Utf8JsonWriter json, SessionLengths lengths)
    {
        json.WriteStartObject("sessionLengths");
        json.WriteNumber("count", lengths.Count);
        var quantiles = lengths.Count > 0 ? lengths.Quantiles(0.5, 0.95, 0.99, 1) : [];
        for (var i = 0; i < LengthNames.Length; i++)
        {
            json.WriteMillis(LengthNames[i], quantiles.Count > 0 ? quantiles[i] : (long?)null);
        }

        json.WriteStartArray("upToMs");
        foreach (var bound in SessionLengths.Bounds)
        {
            json.WriteNumberValue(bound / 1_000_000);
        }

        json.WriteEndArray();
        json.WriteStartArray("sessions");
        foreach (var count in lengths.Distribution())
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        WriteSome(json, "longest", lengths.Longest(MaxSessions));
        WriteSome(json, "abnormal", lengths.Abnormal(MaxSessions));
        json.WriteEndObject();
    }

    private static void WriteSome(Utf8JsonWriter json, string name, IEnumerable<SessionSummary> sessions)
    {
        json.WriteStartArray(name);
        foreach (var session in sessions)
        {
            json.WriteStartObject();
            json.WriteString("key", session.Key);
            json.WriteString("agent", session.Agent);
            json.WriteText("user", session.User);
            json.WriteText("title", session.Title);
            json.WriteTime("start", session.StartNanos);
            json.WriteMillis("durationMs", session.EndNanos - session.StartNanos);
            json.WriteString("status", StatusNames[(int)session.Status]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCalls(Utf8JsonWriter json, double[][] series)
    {
        json.WriteStartObject("calls");
        for (var i = 0; i < CallNames.Length; i++)
        {
            json.WriteNumber(CallNames[i], series[i].Sum());
        }

        json.WriteEndObject();
    }

    private static void WriteAgents(Utf8JsonWriter json, OverviewFigures figures)
    {
        json.WriteStartArray("agents");
        foreach (var (agent, count) in figures.Agents)
        {
            json.WriteStartObject();
            json.WriteString("agent", agent);
            json.WriteNumber("sessions", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter json, OverviewFigures figures)
    {
        json.WriteStartArray("tools");
        foreach (var tool in figures.Tools.Take(MaxTools))
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteNumber("calls", tool.Calls);
            json.WriteNumber("failures", tool.Failures);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModels(Utf8JsonWriter json, OverviewFigures figures)
    {
        json.WriteStartArray("models");
        foreach (var (model, times) in figures.Models.Take(MaxModels))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            WriteTimes(json, "firstByteMs", times.FirstByteNanos);
            WriteTimes(json, "wholeMs", times.WholeNanos);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTimes(Utf8JsonWriter json, string name, List<long> nanos)
    {
        if (nanos.Count == 0)
        {
            json.WriteNull(name);
            return;
        }

        nanos.Sort();
        json.WriteStartObject(name);
        json.WriteNumber("count", nanos.Count);
        json.WriteMillis("p50", NearestRank.Of(CollectionsMarshal.AsSpan(nanos), 0.5));
        json.WriteMillis("p95", NearestRank.Of(CollectionsMarshal.AsSpan(nanos), 0.95));
        json.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter json, OverviewFigures figures)
    {
        json.WriteStartObject("series");
        json.WriteNumber("stepSeconds", figures.StepNanos / 1_000_000_000);
        json.WriteStartArray("t");
        for (var bucket = 0; bucket < figures.Buckets; bucket++)
        {
            json.WriteNumberValue(figures.BucketStart(bucket) / 1_000_000_000);
        }

        json.WriteEndArray();
        WriteColumns(json, "sessions", StatusNames, figures.SessionSeries);
        WriteColumns(json, "tokens", TokenNames, figures.TokenSeries);
        WriteColumns(json, "calls", CallNames, figures.CallSeries);
        json.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter json, string name, string[] names, double[][] columns)
    {
        json.WriteStartObject(name);
        json.WriteTexts("names", names);
        json.WriteStartArray("v");
        foreach (var column in columns)
        {
            json.WriteStartArray();
            foreach (var value in column)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
