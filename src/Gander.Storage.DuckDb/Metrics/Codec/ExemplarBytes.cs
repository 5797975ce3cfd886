using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>The exemplars of one point as bytes, their attributes included.</summary>
internal static class ExemplarBytes
{
    /// <summary>Writes the exemplars in <paramref name="rows"/>.</summary>
    public static void Write(ByteWriter writer, MetricBatch batch, RowRange rows)
    {
        writer.WriteVarint((ulong)rows.Count);
        foreach (ref readonly var exemplar in batch.Exemplars.Values[rows.Start..rows.End])
        {
            writer.WriteInt64(exemplar.TimeNanos);
            writer.WriteByte((byte)exemplar.ValueKind);
            writer.WriteInt64(exemplar.ValueBits);
            writer.WriteInt64((long)exemplar.TraceId.High);
            writer.WriteInt64((long)exemplar.TraceId.Low);
            writer.WriteInt64((long)exemplar.SpanId.Value);
            AttributeBytes.Write(writer, batch, exemplar.Attributes);
        }
    }

    /// <summary>Adds the exemplars to the columns of <paramref name="batch"/> and returns their rows there.</summary>
    public static RowRange AddTo(MetricBatch batch, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return default;
        }

        var reader = new ByteReader(bytes);
        var count = reader.ReadCount();
        var start = batch.Exemplars.Count;
        for (var i = 0; i < count; i++)
        {
            var time = reader.ReadInt64();
            var kind = (AttributeKind)reader.ReadByte();
            var bits = reader.ReadInt64();
            var trace = new TraceId((ulong)reader.ReadInt64(), (ulong)reader.ReadInt64());
            var span = new SpanId((ulong)reader.ReadInt64());
            batch.Exemplars.Add(new Exemplar(time, kind, bits, trace, span, AttributeBytes.AddTo(batch, ref reader)));
        }

        return new RowRange(start, batch.Exemplars.Count);
    }
}
