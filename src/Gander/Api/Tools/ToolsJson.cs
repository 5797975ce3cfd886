using System.Text.Json;
using Gander.Api.Calls;

namespace Gander.Api.Tools;

/// <summary>Writes the figures as the API's <c>Tools</c> schema describes them.</summary>
internal static class ToolsJson
{
    private const int MaxLines = 500;
    private const int MaxSeries = 20;
    private const int MaxErrors = 10;
    private const int MaxErrorsOfAll = 50;

    /// <summary>The whole answer.</summary>
    public static void Write(Utf8JsonWriter json, ToolFigures figures, CallCoverage coverage)
    {
        var lines = figures.Lines.ToList();
        json.WriteStartObject();
        CallJson.WriteCoverage(json, figures.Buckets, coverage);
        json.WriteStartObject("total");
        WriteFigures(json, figures.All, MaxErrorsOfAll);
        json.WriteEndObject();
        json.WriteNumber("lines", lines.Count);
        json.WriteStartArray("tools");
        foreach (var line in lines.Take(MaxLines))
        {
            json.WriteStartObject();
            CallJson.WriteKey(json, line.Key, "tool", "server");
            WriteFigures(json, line, MaxErrors);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("series");
        CallJson.WriteTimes(json, figures.Buckets);
        json.WriteStartArray("tools");
        foreach (var line in lines.Take(MaxSeries))
        {
            WriteSeries(json, line, figures.Buckets.Count);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, ToolLine line, int maxErrors)
    {
        json.WriteNumber("sessions", line.Sessions);
        json.WriteNumber("calls", line.Calls);
        json.WriteNumber("failures", line.Failures);
        json.WriteNumber("denials", line.Denials);
        json.WriteNumber("interrupted", line.Interrupted);
        json.WriteNumber("unknown", line.Unknown);
        CallJson.WriteMeasured(json, "durationMs", line.Durations);
        json.WriteMillis("waitMs", line.WaitNanos);
        CallJson.WriteSources(json, "outcomeSources", line.OutcomesFrom);
        json.WriteStartArray("errors");
        foreach (var error in line.Errors.All.Take(maxErrors))
        {
            json.WriteStartObject();
            json.WriteString("template", error.Template);
            json.WriteNumber("calls", error.Count);
            json.WriteString("example", error.Example);
            json.WriteString("tool", error.Tool);
            json.WriteString("agent", error.Agent);
            json.WriteTime("last", error.LastNanos);
            json.WriteString("sessionKey", error.SessionKey);
            json.WriteNumber("turn", error.Turn);
            json.WriteNumber("step", error.Step);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("errorsUntold", line.Errors.Untold);
    }

    private static void WriteSeries(Utf8JsonWriter json, ToolLine line, int buckets)
    {
        var durations = line.Durations.QuantilesByBucket(buckets, 0.5, 0.95);
        json.WriteStartObject();
        CallJson.WriteKey(json, line.Key, "tool", "server");
        CallJson.WriteColumn(json, "calls", line.CallSeries.Select(count => (long)count));
        CallJson.WriteColumn(json, "failures", line.ErrorSeries.Select(count => (long)count));
        CallJson.WriteColumn(json, "p50", durations[0]);
        CallJson.WriteColumn(json, "p95", durations[1]);
        json.WriteEndObject();
    }
}
