using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Gander.Otlp;

/// <summary>
/// Writes the few messages of an answer: <c>google.rpc.Status</c> with <c>google.rpc.RetryInfo</c>, and
/// <c>Export…ServiceResponse</c> with its <c>partial_success</c>, which has the same field numbers for all three signals.
/// </summary>
internal static class RpcStatus
{
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";
    private const int MaxMessageBytes = 16_384;

    /// <summary>A Status in protobuf.</summary>
    public static byte[] Protobuf(int code, string message, int? retrySeconds)
    {
        var status = new ArrayBufferWriter<byte>();
        WriteVarintField(status, 1, (ulong)code);
        WriteBytesField(status, 2, Utf8(message));
        if (retrySeconds is { } seconds)
        {
            var any = new ArrayBufferWriter<byte>();
            WriteBytesField(any, 1, Encoding.UTF8.GetBytes(RetryInfoType));
            WriteBytesField(any, 2, RetryInfo(seconds));
            WriteBytesField(status, 3, any.WrittenSpan);
        }

        return status.WrittenSpan.ToArray();
    }

    /// <summary>A Status in JSON.</summary>
    public static byte[] Json(int code, string message, int? retrySeconds)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("code"u8, code);
        json.WriteString("message"u8, Utf8(message));
        if (retrySeconds is { } seconds)
        {
            json.WriteStartArray("details"u8);
            json.WriteStartObject();
            json.WriteString("@type"u8, RetryInfoType);
            json.WriteString("retryDelay"u8, $"{seconds}s");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The answer to an accepted export in protobuf: empty unless something was refused.</summary>
    public static byte[] ProtobufResponse(int rejected, string? message)
    {
        if (rejected == 0 && message is null)
        {
            return [];
        }

        var partial = new ArrayBufferWriter<byte>();
        WriteVarintField(partial, 1, (ulong)rejected);
        WriteBytesField(partial, 2, Utf8(message ?? ""));
        var response = new ArrayBufferWriter<byte>();
        WriteBytesField(response, 1, partial.WrittenSpan);
        return response.WrittenSpan.ToArray();
    }

    /// <summary>The answer to an accepted export in JSON.</summary>
    /// <param name="rejectedName">The name of the count: <c>rejectedSpans</c> and its like.</param>
    /// <param name="rejected">Records refused.</param>
    /// <param name="message">Why, or null.</param>
    public static byte[] JsonResponse(string rejectedName, int rejected, string? message)
    {
        if (rejected == 0 && message is null)
        {
            return "{}"u8.ToArray();
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("partialSuccess"u8);
        json.WritePropertyName(rejectedName);
        ValueText.WriteInt64(json, rejected);
        json.WriteString("errorMessage"u8, Utf8(message ?? ""));
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] RetryInfo(int seconds)
    {
        var duration = new ArrayBufferWriter<byte>();
        WriteVarintField(duration, 1, (ulong)seconds);
        var info = new ArrayBufferWriter<byte>();
        WriteBytesField(info, 1, duration.WrittenSpan);
        return info.WrittenSpan.ToArray();
    }

    // Responses are small by rule: a message is cut, never a reason to fail.
    private static byte[] Utf8(string message) =>
        Encoding.UTF8.GetBytes(message.Length > MaxMessageBytes / 4 ? message[..(MaxMessageBytes / 4)] : message);

    private static void WriteVarintField(ArrayBufferWriter<byte> target, int field, ulong value)
    {
        if (value != 0)
        {
            WriteVarint(target, (ulong)field << 3);
            WriteVarint(target, value);
        }
    }

    private static void WriteBytesField(ArrayBufferWriter<byte> target, int field, ReadOnlySpan<byte> value)
    {
        WriteVarint(target, ((ulong)field << 3) | 2);
        WriteVarint(target, (ulong)value.Length);
        target.Write(value);
    }

    private static void WriteVarint(ArrayBufferWriter<byte> target, ulong value)
    {
        var span = target.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        target.Advance(length);
    }
}
