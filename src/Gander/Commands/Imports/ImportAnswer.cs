using System.Globalization;
using System.Text;
using System.Text.Json;
using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Commands.Imports;

/// <summary>What a server answered to an export (OTLP specification, "Partial Success" and "Failures").</summary>
/// <param name="Rejected">Records refused of an export that was taken.</param>
/// <param name="Message">Why, or null.</param>
internal sealed record ImportAnswer(long Rejected, string? Message)
{
    /// <summary>Reads the body of a 200.</summary>
    public static ImportAnswer Accepted(ReadOnlySpan<byte> body, bool isJson)
    {
        if (!isJson)
        {
            return Partial(Field(body, 1));
        }

        if (!Parse(body).TryGetProperty("partialSuccess", out var partial) || partial.ValueKind != JsonValueKind.Object)
        {
            return new ImportAnswer(0, null);
        }

        var rejected = partial.EnumerateObject().Where(member => member.Name.StartsWith("rejected", StringComparison.Ordinal)).Select(member => member.Value.ToString()).FirstOrDefault();
        return new ImportAnswer(
            long.TryParse(rejected, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0,
            partial.TryGetProperty("errorMessage", out var message) ? message.ToString() : null);
    }

    /// <summary>The message of the Status in the body of an error.</summary>
    public static string Failure(ReadOnlySpan<byte> body, bool isJson)
    {
        if (!isJson)
        {
            return Encoding.UTF8.GetString(Field(body, 2));
        }

        return Parse(body).TryGetProperty("message", out var message) ? message.ToString() : "";
    }

    private static JsonElement Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } element ? element : default;
        }
        catch (JsonException)
        {
            return JsonDocument.Parse("{}").RootElement;
        }
    }

    private static ImportAnswer Partial(ReadOnlySpan<byte> partial)
    {
        var rejected = 0UL;
        string? message = null;
        var reader = new ProtobufReader(partial, new TextRef(0, partial.Length));
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 0:
                    rejected = reader.ReadVarint();
                    break;
                case (2 << 3) | 2:
                    message = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new ImportAnswer((long)rejected, message);
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> message, uint field)
    {
        try
        {
            var reader = new ProtobufReader(message, new TextRef(0, message.Length));
            while (reader.TryReadTag(out var tag))
            {
                if (tag == ((field << 3) | 2))
                {
                    return reader.ReadBytes();
                }

                reader.Skip(tag);
            }
        }
        catch (OtlpDecodeException)
        {
            // Something between here and the server answered in its own words; the status must do.
        }

        return default;
    }
}
