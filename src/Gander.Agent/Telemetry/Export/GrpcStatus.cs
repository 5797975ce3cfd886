using System.Text;

namespace Gander.Agent.Telemetry.Export;

/// <summary>The status codes of gRPC as an exporter of OTLP reads them (OTLP specification, failures).</summary>
internal static class GrpcStatus
{
    private static readonly string[] Names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    public static string Describe(int code, string? message)
    {
        var name = code >= 0 && code < Names.Length ? Names[code] : "status " + code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return message is null ? name : name + " " + Printable.Line(Uri.UnescapeDataString(message));
    }

    /// <summary>What the specification calls retryable; RESOURCE_EXHAUSTED also without RetryInfo, as 429 is, and INTERNAL, as 500 is.</summary>
    public static bool IsRetryable(int code) => code is 1 or 4 or 8 or 10 or 11 or 13 or 14 or 15;

    public static bool IsAuthentication(int code) => code is 7 or 16;

    /// <summary><c>google.rpc.RetryInfo</c> out of <c>google.rpc.Status</c>, or null.</summary>
    public static TimeSpan? RetryDelay(string? details)
    {
        if (details is null)
        {
            return null;
        }

        var buffer = new byte[details.Length + 4];
        return Convert.TryFromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='), buffer, out var length) ? RetryDelay(buffer.AsSpan(0, length)) : null;
    }

    private static TimeSpan? RetryDelay(ReadOnlySpan<byte> status)
    {
        var details = new ProtobufFields(status);
        while (details.Next())
        {
            if (details.Number != 3)
            {
                continue;
            }

            var type = Field(details.Bytes, 1);
            if (Encoding.UTF8.GetString(type).EndsWith("google.rpc.RetryInfo", StringComparison.Ordinal))
            {
                return Duration(Field(Field(details.Bytes, 2), 1));
            }
        }

        return null;
    }

    private static TimeSpan Duration(ReadOnlySpan<byte> duration)
    {
        var (seconds, nanos) = (0UL, 0UL);
        var fields = new ProtobufFields(duration);
        while (fields.Next())
        {
            if (fields.Number == 1)
            {
                seconds = Math.Min(fields.Varint, 86_400);
            }
            else if (fields.Number == 2)
            {
                nanos = Math.Min(fields.Varint, 999_999_999);
            }
        }

        return TimeSpan.FromSeconds(seconds) + TimeSpan.FromTicks((long)nanos / 100);
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> message, int number)
    {
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Number == number)
            {
                return fields.Bytes;
            }
        }

        return default;
    }
}
