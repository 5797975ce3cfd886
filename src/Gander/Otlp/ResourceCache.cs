using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// Remembers resources and scopes by the bytes they were sent as, so that an emitter's hundredth export makes no objects. The
/// hash is seeded at random in each process, so that nobody can choose bytes that collide with another's. Bounded: when it is
/// full it starts anew. Thread-safe.
/// </summary>
public sealed class ResourceCache(int maxEntries = 4_096)
{
    private readonly ConcurrentDictionary<UInt128, Resource> _resources = new();
    private readonly ConcurrentDictionary<UInt128, InstrumentationScope> _scopes = new();
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>Entries held.</summary>
    public int Count => _resources.Count + _scopes.Count;

    /// <summary>The key of a resource or scope sent as these bytes, with what else makes it what it is.</summary>
    internal UInt128 Key(ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> schemaUrl, UInt128 identity = default)
    {
        ReadOnlySpan<UInt128> parts = [XxHash128.HashToUInt128(encoded, _seed), XxHash128.HashToUInt128(schemaUrl, _seed), identity];
        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(parts), _seed);
    }

    /// <summary>Whose telemetry it is, as a part of <see cref="Key"/>.</summary>
    internal UInt128 IdentityKey(EmitterIdentity identity) => identity == default
        ? default
        : XxHash128.HashToUInt128(MemoryMarshal.AsBytes($"{identity.User?.Length ?? -1} {identity.User} {identity.Team?.Length ?? -1} {identity.Team}".AsSpan()), _seed);

    internal bool TryGet(UInt128 key, out Resource resource) => _resources.TryGetValue(key, out resource!);

    internal bool TryGet(UInt128 key, out InstrumentationScope scope) => _scopes.TryGetValue(key, out scope!);

    internal void Keep(UInt128 key, Resource resource) => Keep(_resources, key, resource);

    internal void Keep(UInt128 key, InstrumentationScope scope) => Keep(_scopes, key, scope);

    /// <summary>Builds a resource and puts the identity on it where it says nothing itself.</summary>
    internal static Resource Build(
        List<KeyValuePair<string, AttributeValue>> attributes, string schemaUrl, uint droppedAttributes, EmitterIdentity identity)
    {
        AddMissing(attributes, AttributeKeys.UserName, identity.User);
        AddMissing(attributes, AttributeKeys.TeamName, identity.Team);
        return new Resource(attributes, schemaUrl, droppedAttributes);
    }

    private static void AddMissing(List<KeyValuePair<string, AttributeValue>> attributes, string key, string? value)
    {
        if (value is not null && !attributes.Exists(attribute => string.Equals(attribute.Key, key, StringComparison.Ordinal)))
        {
            attributes.Add(new(key, AttributeValue.Of(value)));
        }
    }

    private void Keep<T>(ConcurrentDictionary<UInt128, T> entries, UInt128 key, T value)
    {
        if (entries.Count >= maxEntries)
        {
            entries.Clear();
        }

        entries[key] = value;
    }
}
