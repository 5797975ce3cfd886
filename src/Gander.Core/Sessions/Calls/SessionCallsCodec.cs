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

    /// <summary>The bytes of the calls. Calls that were written before are not written again.</summary>
    public static byte[] Encode(IReadOnlyList<SessionCall> calls) => calls is EncodedCalls encoded ? encoded.Bytes : new SessionCallsEncoder().Encode(calls);

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
}
