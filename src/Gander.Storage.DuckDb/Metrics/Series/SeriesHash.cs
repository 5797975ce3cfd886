using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>
/// The identity of series as 128 bits: that of the metric, resource and scope, plus that of each attribute, added up so that
/// the order of attributes does not matter. Lives in memory only and may change with a version. Not thread-safe.
/// </summary>
internal sealed class SeriesHash
{
    private readonly ByteWriter _scratch = new();

    /// <summary>The identity of a metric, without who sent it.</summary>
    public UInt128 OfMetric(ReadOnlySpan<byte> name, ReadOnlySpan<byte> unit, MetricKind kind, Temporality temporality, bool isMonotonic)
    {
        _scratch.Truncate(0);
        _scratch.WriteByte((byte)kind);
        _scratch.WriteByte((byte)temporality);
        _scratch.WriteByte(isMonotonic ? (byte)1 : (byte)0);
        _scratch.WriteBytes(name);
        _scratch.WriteBytes(unit);
        return XxHash128.HashToUInt128(_scratch.Written);
    }

    /// <summary>The identity of a metric from one resource and scope: what <see cref="OfAttribute"/> is added to.</summary>
    public static UInt128 OfSource(UInt128 metric, ulong resourceId, ulong scopeId)
    {
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, metric);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], resourceId);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], scopeId);
        return XxHash128.HashToUInt128(bytes);
    }

    /// <summary>What one attribute adds.</summary>
    public UInt128 OfAttribute(ReadOnlySpan<byte> key, AttributeKind kind, long bits, ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[256];
        if (key.Length + text.Length + 17 > bytes.Length)
        {
            return OfLongAttribute(key, kind, bits, text);
        }

        bytes[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], bits);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[9..], key.Length);
        key.CopyTo(bytes[17..]);
        text.CopyTo(bytes[(17 + key.Length)..]);
        return XxHash128.HashToUInt128(bytes[..(17 + key.Length + text.Length)]);
    }

    /// <summary>The identity of a series as it is remembered.</summary>
    public UInt128 OfSeries(MetricSeries series, UInt128 metric)
    {
        var identity = OfSource(metric, series.Resource.Id, series.Scope.Id);
        foreach (var (key, value) in series.Attributes)
        {
            identity += OfAttribute(Encoding.UTF8.GetBytes(key), value.Kind, value.Bits, Encoding.UTF8.GetBytes(value.Text));
        }

        return identity;
    }

    private UInt128 OfLongAttribute(ReadOnlySpan<byte> key, AttributeKind kind, long bits, ReadOnlySpan<byte> text)
    {
        _scratch.Truncate(0);
        _scratch.WriteByte((byte)kind);
        _scratch.WriteInt64(bits);
        _scratch.WriteInt64(key.Length);
        _scratch.WriteRaw(key);
        _scratch.WriteRaw(text);
        return XxHash128.HashToUInt128(_scratch.Written);
    }
}
