using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Gander.Telemetry;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>
/// Types and helps of metric families that version 1 sends in requests of their own, about every minute, until samples of them
/// take them to the store. Bounded; thread-safe.
/// </summary>
internal sealed class RemoteWriteMetadata(IOptions<RemoteWriteOptions> options)
{
    private readonly ConcurrentDictionary<UInt128, byte[]> _descriptions = new();

    // Seeded, so that nobody can choose names that collide with another's.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>Families remembered.</summary>
    public int Count => _descriptions.Count;

    /// <summary>Remembers what was said of a family; dropped when there are too many.</summary>
    public void Add(ReadOnlySpan<byte> family, PrometheusMetadata metadata)
    {
        var key = Key(family);
        if (_descriptions.ContainsKey(key) || _descriptions.Count < options.Value.MaxRememberedMetadata)
        {
            _descriptions[key] = Encoding.UTF8.GetBytes(metadata.ToString());
        }
    }

    /// <summary>The description of the series <paramref name="name"/>: its own, or that of the family its suffix names; empty when nothing was said.</summary>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name)
    {
        if (_descriptions.IsEmpty)
        {
            return default;
        }

        if (_descriptions.TryGetValue(Key(name), out var description))
        {
            return description;
        }

        var suffix = name.LastIndexOf((byte)'_');
        return suffix > 0 && IsSuffix(name[suffix..]) && _descriptions.TryGetValue(Key(name[..suffix]), out description) ? description : default;
    }

    private static bool IsSuffix(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("_bucket"u8) || text.SequenceEqual("_sum"u8) || text.SequenceEqual("_count"u8) || text.SequenceEqual("_total"u8)
        || text.SequenceEqual("_gsum"u8) || text.SequenceEqual("_gcount"u8) || text.SequenceEqual("_info"u8) || text.SequenceEqual("_created"u8);

    private UInt128 Key(ReadOnlySpan<byte> name) => XxHash128.HashToUInt128(name, _seed);
}
