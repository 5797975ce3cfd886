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

    private const ulong HasTokens = 1UL << 14;
    private const ulong HasCost = 1UL << 15;
    private const ulong HasWait = 1UL << 16;

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
        if (bytes.IsEmpty || bytes[0] != Version)
        {
            throw new FormatException("The calls of a session are written in another version.");
        }

        bytes = bytes[1..];
        var texts = new string[Count(bytes, Read(ref bytes))];
        for (var i = 0; i < texts.Length; i++)
        {
            var length = Count(bytes, Read(ref bytes));
            texts[i] = Encoding.UTF8.GetString(bytes[..length]);
            bytes = bytes[length..];
        }

        var calls = new SessionCall[Count(bytes, Read(ref bytes))];
        var before = 0L;
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = ReadCall(ref bytes, texts, before);
            before = calls[i].StartNanos;
        }

        return calls;
    }

    private static SessionCall ReadCall(ref ReadOnlySpan<byte> bytes, string[] texts, long before)
    {
        var flags = Read(ref bytes);
        return new SessionCall
        {
            Kind = (StepKind)(flags & 7),
            Status = (StepStatus)((flags >> 3) & 7),
            DurationProvenance = (DurationProvenance)((flags >> 6) & 3),
            TokensSource = (FigureSource)((flags >> 8) & 7),
            OutcomeSource = (FigureSource)((flags >> 11) & 7),
            Name = Text(ref bytes, texts),
            Provider = Text(ref bytes, texts),
            McpServer = Text(ref bytes, texts),
            Subagent = Text(ref bytes, texts),
            Error = Text(ref bytes, texts),
            Turn = (int)Read(ref bytes),
            Step = (int)Read(ref bytes),
            StartNanos = unchecked(before + ReadSigned(ref bytes)),
            DurationNanos = ReadOptional(ref bytes),
            FirstByteNanos = ReadOptional(ref bytes),
            Tokens = (flags & HasTokens) == 0 ? null : ReadTokens(ref bytes),
            ReportedCostUsd = (flags & HasCost) == 0 ? null : ReadDecimal(ref bytes),
            WaitNanos = (flags & HasWait) == 0 ? null : (long)Read(ref bytes),
        };
    }

    private static ulong Flags(in SessionCall call) =>
        (ulong)call.Kind | ((ulong)call.Status << 3) | ((ulong)call.DurationProvenance << 6) | ((ulong)call.TokensSource << 8) | ((ulong)call.OutcomeSource << 11)
        | (call.Tokens is null ? 0 : HasTokens) | (call.ReportedCostUsd is null ? 0 : HasCost) | (call.WaitNanos is null ? 0 : HasWait);

    private static string Text(ref ReadOnlySpan<byte> bytes, string[] texts)
    {
        var place = Read(ref bytes);
        return place < (ulong)texts.Length ? texts[place] : throw Damaged();
    }

    // Each entry takes a byte at least, so no damaged count can ask for more memory than there are bytes.
    private static int Count(ReadOnlySpan<byte> bytes, ulong count) => count <= (ulong)bytes.Length ? (int)count : throw Damaged();

    private static TokenUsage ReadTokens(ref ReadOnlySpan<byte> bytes) =>
        new(ReadSigned(ref bytes), ReadSigned(ref bytes), ReadSigned(ref bytes), ReadSigned(ref bytes), ReadSigned(ref bytes))
        {
            CacheWriteFiveMinutes = ReadSigned(ref bytes),
            CacheWriteOneHour = ReadSigned(ref bytes),
        };

    private static decimal ReadDecimal(ref ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<int> parts = [(int)Read(ref bytes), (int)Read(ref bytes), (int)Read(ref bytes), (int)Read(ref bytes)];
        try
        {
            return new decimal(parts);
        }
        catch (ArgumentException)
        {
            throw Damaged();
        }
    }

    private static void WriteOptional(ArrayBufferWriter<byte> bytes, long? value) => Write(bytes, value is { } known ? (ulong)known + 1 : 0);

    private static long? ReadOptional(ref ReadOnlySpan<byte> bytes) => Read(ref bytes) is > 0 and var value ? (long)(value - 1) : null;

    private static void WriteSigned(ArrayBufferWriter<byte> bytes, long value) => Write(bytes, (ulong)((value << 1) ^ (value >> 63)));

    private static long ReadSigned(ref ReadOnlySpan<byte> bytes)
    {
        var value = Read(ref bytes);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

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

    private static ulong Read(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var at = 0; at < Math.Min(bytes.Length, 10); at++)
        {
            value |= (ulong)(bytes[at] & 127) << (7 * at);
            if (bytes[at] < 128)
            {
                bytes = bytes[(at + 1)..];
                return value;
            }
        }

        throw Damaged();
    }

    private static FormatException Damaged() => new("The calls of a session are damaged.");
}
