using System.Buffers;
using System.Text;

namespace Gander.Sessions.Calls;

/// <summary>
/// Writes the calls of a session as bytes, about thirty a call, and reads them. Texts stand once, numbers in as many bytes
/// as they need, times as the distance from the call before.
/// </summary>
public static class SessionCallsCodec
{
    /// <summary>The version of what is written, which is its first byte.</summary>
    public const byte Version = 2;

    internal const ulong HasTokens = 1UL << 14;
    internal const ulong HasCost = 1UL << 15;
    internal const ulong HasWait = 1UL << 16;

    /// <summary>The bytes of the calls.</summary>
    public static byte[] Encode(IReadOnlyList<SessionCall> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var texts = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var body = new ArrayBufferWriter<byte>(32 * (calls.Count + 1));
        var before = 0L;
        foreach (var call in calls)
        {
            Write(body, Flags(call));
            Write(body, Place(call.Name));
            Write(body, Place(call.Provider));
            Write(body, Place(call.McpServer));
            Write(body, Place(call.Subagent));
            Write(body, Place(call.Error));
            Write(body, (ulong)call.Turn);
            Write(body, (ulong)call.Step);
            WriteSigned(body, unchecked(call.StartNanos - before));
            before = call.StartNanos;
            WriteOptional(body, call.DurationNanos);
            WriteOptional(body, call.FirstByteNanos);
            if (call.Tokens is { } tokens)
            {
                WriteSigned(body, tokens.Input);
                WriteSigned(body, tokens.Output);
                WriteSigned(body, tokens.CacheRead);
                WriteSigned(body, tokens.CacheWrite);
                WriteSigned(body, tokens.Reasoning);
                WriteSigned(body, tokens.CacheWriteFiveMinutes);
                WriteSigned(body, tokens.CacheWriteOneHour);
            }

            if (call.ReportedCostUsd is { } cost)
            {
                foreach (var part in decimal.GetBits(cost))
                {
                    Write(body, (uint)part);
                }
            }

            if (call.WaitNanos is { } wait)
            {
                Write(body, (ulong)wait);
            }
        }

        var bytes = new ArrayBufferWriter<byte>(body.WrittenCount + 256);
        bytes.Write([Version]);
        Write(bytes, (ulong)texts.Count);
        foreach (var text in texts)
        {
            Write(bytes, (ulong)Encoding.UTF8.GetByteCount(text));
            Encoding.UTF8.GetBytes(text, bytes);
        }

        Write(bytes, (ulong)calls.Count);
        bytes.Write(body.WrittenSpan);
        return bytes.WrittenSpan.ToArray();

        ulong Place(string? text)
        {
            text ??= "";
            if (!places.TryGetValue(text, out var place))
            {
                places.Add(text, place = texts.Count);
                texts.Add(text);
            }

            return (ulong)place;
        }
    }

    /// <summary>The calls that <see cref="Encode"/> wrote. Equal texts of one session are one object.</summary>
    /// <exception cref="FormatException">The bytes are of another version, or damaged.</exception>
    public static IReadOnlyList<SessionCall> Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new SessionCallReader(bytes);
        var calls = new SessionCall[reader.Left];
        for (var i = 0; i < calls.Length; i++)
        {
            reader.TryRead(out calls[i]);
        }

        return calls;
    }

    private static ulong Flags(in SessionCall call) =>
        (ulong)call.Kind | ((ulong)call.Status << 3) | ((ulong)call.DurationProvenance << 6) | ((ulong)call.TokensSource << 8) | ((ulong)call.OutcomeSource << 11)
        | (call.Tokens is null ? 0 : HasTokens) | (call.ReportedCostUsd is null ? 0 : HasCost) | (call.WaitNanos is null ? 0 : HasWait);

    private static void WriteOptional(ArrayBufferWriter<byte> bytes, long? value) => Write(bytes, value is { } known ? (ulong)known + 1 : 0);

    private static void WriteSigned(ArrayBufferWriter<byte> bytes, long value) => Write(bytes, (ulong)((value << 1) ^ (value >> 63)));

    private static void Write(ArrayBufferWriter<byte> bytes, ulong value)
    {
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; value >= 128; value >>= 7)
        {
            span[length++] = (byte)(value | 128);
        }

        span[length++] = (byte)value;
        bytes.Advance(length);
    }
}
