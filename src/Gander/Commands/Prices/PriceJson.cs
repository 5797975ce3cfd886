using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gander.Prices;

namespace Gander.Commands.Prices;

/// <summary>Prices as JSON, for programs.</summary>
internal static class PriceJson
{
    private const decimal PicosAMillionth = 1_000_000;

    /// <summary>What <c>gander prices list --json</c> prints.</summary>
    public static string List(PriceTable table, IEnumerable<PriceEntry> entries) => Text(json =>
    {
        json.WriteString("table", table.Version);
        json.WriteStartArray("prices");
        foreach (var entry in entries)
        {
            Write(json, entry);
        }

        json.WriteEndArray();
    });

    /// <summary>What <c>gander prices check --json</c> prints.</summary>
    public static string Check(PriceTable table, string model, string? provider, DateTimeOffset at, PriceMatch match) => Text(json =>
    {
        json.WriteString("table", table.Version);
        json.WriteString("model", model);
        json.WriteString("provider", provider);
        json.WriteString("at", at.UtcDateTime);
        json.WriteBoolean("priced", match.Entry is not null);
        json.WriteString("match", JsonNamingPolicy.CamelCase.ConvertName(match.Kind.ToString()));
        json.WriteString("matched", match.Name);
        json.WritePropertyName("price");
        if (match.Entry is { } entry)
        {
            Write(json, entry);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray("otherTimes");
        foreach (var other in match.Others)
        {
            Write(json, other);
        }

        json.WriteEndArray();
    });

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, PriceEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("provider", entry.Provider);
        json.WriteStartArray("models");
        foreach (var model in entry.Models)
        {
            json.WriteStringValue(model);
        }

        json.WriteEndArray();
        json.WriteString("from", entry.FromNanos == long.MinValue ? null : PriceText.Day(entry.FromNanos));
        json.WriteString("to", entry.ToNanos == long.MaxValue ? null : PriceText.Day(entry.ToNanos));
        WriteRates(json, entry.Rates);
        json.WriteStartArray("tiers");
        foreach (var tier in entry.Tiers)
        {
            json.WriteStartObject();
            json.WriteNumber("above", tier.AboveTokens);
            WriteRates(json, tier.Rates);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (entry.MaxContextTokens is { } most)
        {
            json.WriteNumber("maxContext", most);
        }
        else
        {
            json.WriteNull("maxContext");
        }

        json.WriteString("source", entry.Source);
        json.WriteBoolean("own", entry.IsOwn);
        json.WriteEndObject();
    }

    private static void WriteRates(Utf8JsonWriter json, TokenRates rates)
    {
        Write(json, "input", rates.Input);
        Write(json, "output", rates.Output);
        Write(json, "cacheRead", rates.CacheRead);
        Write(json, "cacheWrite", rates.CacheWrite);
        Write(json, "cacheWriteOneHour", rates.CacheWriteOneHour);
        Write(json, "reasoning", rates.Reasoning);
    }

    private static void Write(Utf8JsonWriter json, string name, long? picos)
    {
        if (picos is { } known)
        {
            json.WriteNumber(name, known / PicosAMillionth);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
