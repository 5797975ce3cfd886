using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Log;

/// <summary>
/// The points of exports as bytes in the log. Within an export a point says only in what it differs from the point before:
/// the next series, the same time and the same start each cost one bit.
/// </summary>
internal sealed class ExportLog
{
    private const byte ExportTag = 1;
    private const byte PointTag = 2;

    private const byte FormMask = 0b111;
    private const byte HasFlags = 0b1000;
    private const byte HasExemplars = 0b1_0000;
    private const byte SameTime = 0b10_0000;
    private const byte SameStart = 0b100_0000;
    private const byte NextSeries = 0b1000_0000;

    private readonly ByteWriter _scratch = new();
    private readonly ByteWriter _shape = new();
    private int _series;
    private long _time;
    private long _start;

    /// <summary>Takes what <see cref="Read"/> finds; the bytes are valid during the call only.</summary>
    public interface IAcceptor
    {
        /// <summary>An export begins.</summary>
        void Export(ExportFingerprint fingerprint, long arrivedNanos, long sequence);

        /// <summary>A point of it; <paramref name="payload"/> is the distribution, if it has one.</summary>
        void Point(int series, long time, long start, PointForm form, long bits, ReadOnlySpan<byte> payload, uint flags, ReadOnlySpan<byte> exemplars);
    }

    /// <summary>Begins an export.</summary>
    public void Begin(ByteWriter writer, ExportFingerprint fingerprint, long arrivedNanos, long sequence)
    {
        writer.WriteByte(ExportTag);
        writer.WriteInt64((long)fingerprint.High);
        writer.WriteInt64((long)fingerprint.Low);
        writer.WriteInt64(arrivedNanos);
        writer.WriteVarint((ulong)sequence);
        (_series, _time, _start) = (0, arrivedNanos, 0);
    }

    /// <summary>Writes one point.</summary>
    public void Write(ByteWriter writer, int series, MetricBatch batch, in PointRow point, PointForm form)
    {
        var head = (byte)form;
        head |= point.Flags != 0 ? HasFlags : (byte)0;
        head |= point.Exemplars.Count > 0 ? HasExemplars : (byte)0;
        head |= point.TimeNanos == _time ? SameTime : (byte)0;
        head |= point.StartNanos == _start ? SameStart : (byte)0;
        head |= series == _series + 1 ? NextSeries : (byte)0;

        writer.WriteByte(PointTag);
        writer.WriteByte(head);
        if ((head & NextSeries) == 0)
        {
            writer.WriteSigned(series - (long)_series);
        }

        if ((head & SameTime) == 0)
        {
            writer.WriteSigned(point.TimeNanos - _time);
        }

        if ((head & SameStart) == 0)
        {
            writer.WriteSigned(point.StartNanos - _start);
        }

        (_series, _time, _start) = (series, point.TimeNanos, point.StartNanos);
        if ((head & HasFlags) != 0)
        {
            writer.WriteVarint(point.Flags);
        }

        WriteValue(writer, batch, point, form);
        if ((head & HasExemplars) != 0)
        {
            _scratch.Truncate(0);
            ExemplarBytes.Write(_scratch, batch, point.Exemplars);
            writer.WriteBytes(_scratch.Written);
        }
    }

    /// <summary>Reads exports up to the end of the bytes.</summary>
    public static void Read<TAcceptor>(ref ByteReader reader, ref TAcceptor acceptor)
        where TAcceptor : struct, IAcceptor
    {
        var series = 0;
        long time = 0, start = 0;
        while (!reader.AtEnd)
        {
            if (reader.ReadByte() == ExportTag)
            {
                var fingerprint = new ExportFingerprint((ulong)reader.ReadInt64(), (ulong)reader.ReadInt64());
                var arrived = reader.ReadInt64();
                acceptor.Export(fingerprint, arrived, (long)reader.ReadVarint());
                (series, time, start) = (0, arrived, 0);
                continue;
            }

            var head = reader.ReadByte();
            var form = (PointForm)(head & FormMask);
            series = (head & NextSeries) != 0 ? series + 1 : (int)(series + reader.ReadSigned());
            time += (head & SameTime) != 0 ? 0 : reader.ReadSigned();
            start += (head & SameStart) != 0 ? 0 : reader.ReadSigned();
            var flags = (head & HasFlags) != 0 ? (uint)reader.ReadVarint() : 0;
            var bits = form switch { PointForm.Int => reader.ReadSigned(), PointForm.Double => reader.ReadInt64(), _ => 0 };
            var payload = form >= PointForm.Histogram ? reader.ReadBytes() : default;
            var exemplars = (head & HasExemplars) != 0 ? reader.ReadBytes() : default;
            acceptor.Point(series, time, start, form, bits, payload, flags, exemplars);
        }
    }

    private void WriteValue(ByteWriter writer, MetricBatch batch, in PointRow point, PointForm form)
    {
        switch (form)
        {
            case PointForm.None:
                break;
            case PointForm.Int:
                writer.WriteSigned(point.ValueBits);
                break;
            case PointForm.Double:
                writer.WriteInt64(point.ValueBits);
                break;
            default:
                _scratch.Truncate(0);
                DistributionBytes.Write(_scratch, _shape, batch, form, point.Distribution);
                writer.WriteBytes(_scratch.Written);
                break;
        }
    }
}
