using System.Text.Json;
using Gander.Api.Parameters;
using Gander.Sessions;
using Gander.Telemetry;

namespace Gander.Api;

/// <summary>How the API writes times, lengths, tokens and values that may be missing.</summary>
internal static class JsonValues
{
    /// <summary>An instant as RFC 3339 in UTC with nine decimals.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, long nanos)
    {
        Span<char> text = stackalloc char[TimeText.Length];
        TimeText.Format(nanos, text);
        json.WriteString(name, text);
    }

    /// <summary>An instant, or null.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, long? nanos)
    {
        if (nanos is { } known)
        {
            json.WriteTime(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>A length of time as milliseconds, exact to the nanosecond.</summary>
    public static void WriteMillis(this Utf8JsonWriter json, string name, long nanos) => json.WriteNumber(name, nanos / 1_000_000m);

    /// <summary>A length of time as milliseconds, or null.</summary>
    public static void WriteMillis(this Utf8JsonWriter json, string name, long? nanos)
    {
        if (nanos is { } known)
        {
            json.WriteMillis(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>A number, or null where it is unknown.</summary>
    public static void WriteFigure(this Utf8JsonWriter json, string name, decimal? figure)
    {
        if (figure is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Tokens by kind as the schema <c>Tokens</c> describes them, or null where they are unknown.</summary>
    public static void WriteTokens(this Utf8JsonWriter json, string name, TokenUsage? usage)
    {
        if (usage is not { } tokens)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("input", tokens.Input);
        json.WriteNumber("output", tokens.Output);
        json.WriteNumber("cacheRead", tokens.CacheRead);
        json.WriteNumber("cacheWrite", tokens.CacheWrite);
        json.WriteNumber("cacheWrite5m", tokens.CacheWriteFiveMinutes);
        json.WriteNumber("cacheWrite1h", tokens.CacheWriteOneHour);
        json.WriteNumber("reasoning", tokens.Reasoning);
        json.WriteNumber("total", tokens.Total);
        json.WriteEndObject();
    }

    /// <summary>Text, or null where there is none.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Text of a batch, or null where it is empty, as OTLP does not tell the two apart.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, TextBuffer buffer, TextRef text)
    {
        if (text.IsEmpty)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, buffer[text]);
        }
    }

    /// <summary>A list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>A trace id, or null where it is empty.</summary>
    public static void WriteId(this Utf8JsonWriter json, string name, TraceId id) => json.WriteText(name, id.IsEmpty ? null : id.ToString());

    /// <summary>A span id, or null where it is empty.</summary>
    public static void WriteId(this Utf8JsonWriter json, string name, SpanId id) => json.WriteText(name, id.IsEmpty ? null : id.ToString());
}
