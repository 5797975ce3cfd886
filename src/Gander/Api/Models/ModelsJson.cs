using System.Text.Json;
using Gander.Api.Calls;

namespace Gander.Api.Models;

/// <summary>Writes the figures as the API's <c>Models</c> schema describes them.</summary>
internal static class ModelsJson
{
    private const int MaxLines = 500;
    private const int MaxSeries = 20;

    /// <summary>The whole answer.</summary>
    public static void Write(Utf8JsonWriter json, ModelFigures figures, CallCoverage coverage)
    {
        var lines = figures.Lines.ToList();
        json.WriteStartObject();
        CallJson.WriteCoverage(json, figures.Buckets, coverage);
        json.WriteStartObject("total");
        WriteFigures(json, figures.All);
        json.WriteEndObject();
        json.WriteNumber("lines", lines.Count);
        json.WriteStartArray("models");
        foreach (var line in lines.Take(MaxLines))
        {
            json.WriteStartObject();
            CallJson.WriteKey(json, line.Key, "model", "provider");
            WriteFigures(json, line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("series");
        CallJson.WriteTimes(json, figures.Buckets);
        json.WriteStartArray("models");
        foreach (var line in lines.Take(MaxSeries))
        {
            WriteSeries(json, line, figures.Buckets.Count);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, ModelLine line)
    {
        json.WriteNumber("sessions", line.Sessions);
        json.WriteNumber("calls", line.Calls);
        json.WriteNumber("errors", line.Errors);
        json.WriteNumber("unknown", line.Unknown);
        CallJson.WriteMeasured(json, "durationMs", line.Durations);
        CallJson.WriteMeasured(json, "firstByteMs", line.FirstBytes);
        CallJson.WriteTokens(json, "tokens", line.Tokens);
        json.WriteNumber("callsWithTokens", line.CallsWithTokens);
        CallJson.WriteSources(json, "tokensSources", line.TokensFrom);
        if (line.TokensPerSecond is { } rate)
        {
            json.WriteNumber("outputTokensPerSecond", Math.Round(rate, 3));
        }
        else
        {
            json.WriteNull("outputTokensPerSecond");
        }

        if (line.ReportedCostUsd is { } cost)
        {
            json.WriteNumber("reportedCostUsd", cost);
        }
        else
        {
            json.WriteNull("reportedCostUsd");
        }
    }

    private static void WriteSeries(Utf8JsonWriter json, ModelLine line, int buckets)
    {
        var durations = line.Durations.QuantilesByBucket(buckets, 0.5, 0.95, 0.99);
        var firstBytes = line.FirstBytes.QuantilesByBucket(buckets, 0.5, 0.95);
        json.WriteStartObject();
        CallJson.WriteKey(json, line.Key, "model", "provider");
        CallJson.WriteColumn(json, "calls", line.CallSeries.Select(count => (long)count));
        CallJson.WriteColumn(json, "errors", line.ErrorSeries.Select(count => (long)count));
        CallJson.WriteColumn(json, "outputTokens", line.OutputSeries);
        CallJson.WriteColumn(json, "p50", durations[0]);
        CallJson.WriteColumn(json, "p95", durations[1]);
        CallJson.WriteColumn(json, "p99", durations[2]);
        CallJson.WriteColumn(json, "firstByteP50", firstBytes[0]);
        CallJson.WriteColumn(json, "firstByteP95", firstBytes[1]);
        json.WriteEndObject();
    }
}
