using System.Collections;

namespace Gander.Sessions.Calls;

/// <summary>Calls that are held as the bytes a store keeps of them. Whoever looks at one has all of them read, once. Thread-safe.</summary>
/// <param name="bytes">What <see cref="SessionCallsCodec"/> wrote.</param>
/// <param name="count">How many they are.</param>
internal sealed class EncodedCalls(byte[] bytes, int count) : IReadOnlyList<SessionCall>
{
    private IReadOnlyList<SessionCall>? _calls;

    /// <summary>The bytes, not to be changed.</summary>
    public byte[] Bytes => bytes;

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public SessionCall this[int index] => Calls[index];

    private IReadOnlyList<SessionCall> Calls => _calls ??= SessionCallsCodec.Decode(bytes);

    /// <inheritdoc/>
    public IEnumerator<SessionCall> GetEnumerator() => Calls.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
