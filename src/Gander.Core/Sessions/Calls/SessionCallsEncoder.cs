using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Gander.Sessions.Calls;

/// <summary>Writes the calls of sessions as <see cref="SessionCallsCodec"/> describes, one session after the other in the same memory. Not thread-safe.</summary>
internal sealed class SessionCallsEncoder
{
    // A session of very many calls leaves no more than this behind.
    private const int MaxKeptBytes = 1 << 20;

    private readonly List<SessionCall> _calls = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private ArrayBufferWriter<byte> _body = new(4_096);
    private ArrayBufferWriter<byte> _bytes = new(4_096);

    /// <summary>The calls of a folded session, held as their bytes: until it is saved a session needs a tenth of the memory.</summary>
    public SessionCalls Encode(Session session)
    {
        _calls.Clear();
        SessionCalls.AddTo(_calls, session);
        var encoded = SessionCalls.Of(session.Summary, new EncodedCalls(Encode(_calls), _calls.Count));
        _calls.Clear();
        return encoded;
    }

    /// <summary>The bytes of the calls.</summary>
    public byte[] Encode(IReadOnlyList<SessionCall> calls)
    {
        var before = 0L;
        for (var i = 0; i < calls.Count; i++)
        {
            Write(calls[i], before);
            before = calls[i].StartNanos;
        }

        _bytes.Write([SessionCallsCodec.Version]);
        Write(_bytes, (ulong)_texts.Count);
        foreach (var text in _texts)
        {
            Write(_bytes, (ulong)Encoding.UTF8.GetByteCount(text));
            Encoding.UTF8.GetBytes(text, _bytes);
        }

        Write(_bytes, (ulong)calls.Count);
        _bytes.Write(_body.WrittenSpan);
        var written = _bytes.WrittenSpan.ToArray();
        Forget();
        return written;
    }

    private void Forget()
    {
        _texts.Clear();
        _places.Clear();
        _body.ResetWrittenCount();
        _bytes.ResetWrittenCount();
        if (_bytes.Capacity > MaxKeptBytes)
        {
            _body = new ArrayBufferWriter<byte>(4_096);
            _bytes = new ArrayBufferWriter<byte>(4_096);
            _calls.Capacity = _calls.Count;
        }
    }

    private void Write(in SessionCall call, long before)
    {
        Write(_body, Flags(call));
        Write(_body, Place(call.Name));
        Write(_body, Place(call.Provider));
        Write(_body, Place(call.McpServer));
        Write(_body, Place(call.Subagent));
        Write(_body, Place(call.Error));
        Write(_body, (ulong)call.Turn);
        Write(_body, (ulong)call.Step);
        WriteSigned(unchecked(call.StartNanos - before));
        WriteOptional(call.DurationNanos);
        WriteOptional(call.FirstByteNanos);
        if (call.Tokens is { } tokens)
        {
            WriteSigned(tokens.Input);
            WriteSigned(tokens.Output);
            WriteSigned(tokens.CacheRead);
            WriteSigned(tokens.CacheWrite);
            WriteSigned(tokens.Reasoning);
            WriteSigned(tokens.CacheWriteFiveMinutes);
            WriteSigned(tokens.CacheWriteOneHour);
        }

        if (call.ReportedCostUsd is { } cost)
        {
            Span<int> parts = stackalloc int[4];
            decimal.GetBits(cost, parts);
            foreach (var part in parts)
            {
                Write(_body, (uint)part);
            }
        }

        if (call.WaitNanos is { } wait)
        {
            Write(_body, (ulong)wait);
        }
    }

    private ulong Place(string? text)
    {
        text ??= "";
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, text, out var exists);
        if (!exists)
        {
            place = _texts.Count;
            _texts.Add(text);
        }

        return (ulong)place;
    }

    private static ulong Flags(in SessionCall call) =>
        (ulong)call.Kind | ((ulong)call.Status << 3) | ((ulong)call.DurationProvenance << 6) | ((ulong)call.TokensSource << 8) | ((ulong)call.OutcomeSource << 11)
        | (call.Tokens is null ? 0 : SessionCallsCodec.HasTokens) | (call.ReportedCostUsd is null ? 0 : SessionCallsCodec.HasCost) | (call.WaitNanos is null ? 0 : SessionCallsCodec.HasWait);

    private void WriteOptional(long? value) => Write(_body, value is { } known ? (ulong)known + 1 : 0);

    private void WriteSigned(long value) => Write(_body, (ulong)((value << 1) ^ (value >> 63)));

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
