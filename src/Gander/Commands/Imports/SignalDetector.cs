using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Commands.Imports;

/// <summary>
/// Tells the signal of an OTLP body. JSON says it in its first name. The three protobuf messages have the same outer shape, so
/// there the file's name decides, and without a telling name the first record: a span begins with a 16-byte id, a metric with
/// its name, a log record with a fixed 64-bit time.
/// </summary>
internal static class SignalDetector
{
    private static readonly (string Word, Signal Signal)[] Words =
        [("trace", Signal.Traces), ("span", Signal.Traces), ("metric", Signal.Metrics), ("log", Signal.Logs)];

    /// <summary>The signal of a JSON body, or null when it is no OTLP request.</summary>
    public static Signal? OfJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("resourceSpans"u8))
                {
                    return Signal.Traces;
                }

                if (reader.ValueTextEquals("resourceMetrics"u8))
                {
                    return Signal.Metrics;
                }

                if (reader.ValueTextEquals("resourceLogs"u8))
                {
                    return Signal.Logs;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Whether it is OTLP cannot be told; the caller reports it with its place.
        }

        return null;
    }

    /// <summary>The signal of a protobuf body in a file of this name, or null when neither tells.</summary>
    public static Signal? OfProtobuf(ReadOnlySpan<byte> body, string fileName)
    {
        var named = Words.Where(word => Path.GetFileName(fileName).Contains(word.Word, StringComparison.OrdinalIgnoreCase)).Select(word => (Signal?)word.Signal).Distinct().ToList();
        return named.Count == 1 ? named[0] : OfFirstRecord(body);
    }

    // Export…Request.resource_… = 1, Resource….scope_… = 2, Scope….spans, metrics or log_records = 2.
    private static Signal? OfFirstRecord(ReadOnlySpan<byte> body)
    {
        if (!TryEnter(body, 1, out var resource) || !TryEnter(resource, 2, out var scope) || !TryEnter(scope, 2, out var record))
        {
            return null;
        }

        while (TryReadField(ref record, out var field, out var wireType, out var value))
        {
            switch (field, wireType)
            {
                case (1, 2) when value.Length == 16 && value.ContainsAnyExceptInRange((byte)0x20, (byte)0x7e):
                    return Signal.Traces;
                case (1, 2) when value.Length > 0 && !value.ContainsAnyInRange((byte)0, (byte)0x1f):
                    return Signal.Metrics;
                case (1 or 11, 1):
                    return Signal.Logs;
            }
        }

        return null;
    }

    private static bool TryEnter(ReadOnlySpan<byte> message, int wanted, out ReadOnlySpan<byte> inner)
    {
        while (TryReadField(ref message, out var field, out var wireType, out inner))
        {
            if (field == wanted && wireType == 2)
            {
                return true;
            }
        }

        inner = default;
        return false;
    }

    private static bool TryReadField(scoped ref ReadOnlySpan<byte> message, out int field, out int wireType, out ReadOnlySpan<byte> value)
    {
        value = default;
        (field, wireType) = (0, 0);
        if (!TryReadVarint(ref message, out var tag))
        {
            return false;
        }

        (field, wireType) = ((int)(tag >> 3), (int)(tag & 7));
        var length = 0UL;
        switch (wireType)
        {
            case 0:
                return TryReadVarint(ref message, out _);
            case 1:
                length = 8;
                break;
            case 2 when TryReadVarint(ref message, out length):
                break;
            case 5:
                length = 4;
                break;
            default:
                return false;
        }

        if (length > (ulong)message.Length)
        {
            return false;
        }

        value = message[..(int)length];
        message = message[(int)length..];
        return true;
    }

    private static bool TryReadVarint(scoped ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(10, message.Length); i++)
        {
            value |= (ulong)(message[i] & 0x7f) << (7 * i);
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
