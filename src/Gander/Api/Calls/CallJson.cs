using System.Text.Json;
using Gander.Sessions;

namespace Gander.Api.Calls;

/// <summary>Writes what answers over calls have in common.</summary>
internal static class CallJson
{
    private static readonly FigureSource[] Sources = [FigureSource.Span, FigureSource.Log, FigureSource.Metric, FigureSource.Derived, FigureSource.Mixed];

    /// <summary>The range and how far the figures cover it.</summary>
    public static void WriteCoverage(Utf8JsonWriter json, TimeBuckets buckets, CallCoverage coverage)
    {
        json.WriteTime("start", buckets.Range.StartNanos);
        json.WriteTime("end", buckets.Range.EndNanos);
        json.WriteBoolean("sessionsCut", coverage.SessionsCut);
        json.WriteBoolean("current", coverage.Current);
    }

    /// <summary>What the calls of a line have in common, under the names that the endpoint gives to name and origin.</summary>
    public static void WriteKey(Utf8JsonWriter json, in CallKey key, string name, string origin)
    {
        WriteMember(json, name, key.Name);
        WriteMember(json, origin, key.Origin);
        WriteMember(json, "agent", key.Agent);
        WriteMember(json, "user", key.User);
    }

    /// <summary>Quantiles of measurements and where they come from; null when there are none.</summary>
    public static void WriteMeasured(Utf8JsonWriter json, string name, Measurements measured)
    {
        if (measured.Count == 0)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("count", measured.Count);
        json.WriteMillis("p50", measured.Quantile(0.5));
        json.WriteMillis("p95", measured.Quantile(0.95));
        json.WriteMillis("p99", measured.Quantile(0.99));
        json.WriteMillis("max", measured.Quantile(1));
        json.WriteStartObject("sources");
        json.WriteNumber("span", measured.From(DurationProvenance.Span));
        json.WriteNumber("reported", measured.From(DurationProvenance.Reported));
        json.WriteNumber("derived", measured.From(DurationProvenance.Derived));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>How many figures come from which telemetry.</summary>
    public static void WriteSources(Utf8JsonWriter json, string name, Func<FigureSource, int> count)
    {
        json.WriteStartObject(name);
        foreach (var source in Sources)
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(source.ToString()), count(source));
        }

        json.WriteEndObject();
    }

    /// <summary>The step and the times of the buckets.</summary>
    public static void WriteTimes(Utf8JsonWriter json, TimeBuckets buckets)
    {
        json.WriteNumber("stepSeconds", buckets.StepNanos / 1_000_000_000);
        json.WriteStartArray("t");
        for (var bucket = 0; bucket < buckets.Count; bucket++)
        {
            json.WriteNumberValue(buckets.Start(bucket) / 1_000_000_000);
        }

        json.WriteEndArray();
    }

    /// <summary>Lengths by bucket as milliseconds; null where there is none.</summary>
    public static void WriteColumn(Utf8JsonWriter json, string name, long?[] column)
    {
        json.WriteStartArray(name);
        foreach (var value in column)
        {
            if (value is { } nanos)
            {
                json.WriteNumberValue(nanos / 1_000_000m);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>Counts by bucket.</summary>
    public static void WriteColumn(Utf8JsonWriter json, string name, IEnumerable<long> column)
    {
        json.WriteStartArray(name);
        foreach (var value in column)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter json, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            json.WriteString(name, value);
        }
        else if (value is not null)
        {
            json.WriteNull(name);
        }
    }
}
