using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>Attributes as bytes: their number, then key, kind and value of each.</summary>
internal static class AttributeBytes
{
    /// <summary>Writes attributes of a batch.</summary>
    public static void Write(ByteWriter writer, TelemetryBatch batch, RowRange rows)
    {
        writer.WriteVarint((ulong)rows.Count);
        for (var row = rows.Start; row < rows.End; row++)
        {
            var kind = batch.Attributes.Kinds[row];
            writer.WriteBytes(batch.Text[batch.Attributes.Keys[row]]);
            writer.WriteByte((byte)kind);
            if (IsScalar(kind))
            {
                writer.WriteInt64(batch.Attributes.Bits[row]);
            }
            else
            {
                writer.WriteBytes(batch.Text[batch.Attributes.Texts[row]]);
            }
        }
    }

    /// <summary>Writes attributes of a resource, scope or series.</summary>
    public static void Write(ByteWriter writer, IReadOnlyList<KeyValuePair<string, AttributeValue>> attributes)
    {
        writer.WriteVarint((ulong)attributes.Count);
        foreach (var (key, value) in attributes)
        {
            writer.WriteText(key);
            writer.WriteByte((byte)value.Kind);
            if (IsScalar(value.Kind))
            {
                writer.WriteInt64(value.Bits);
            }
            else
            {
                writer.WriteText(value.Text);
            }
        }
    }

    /// <summary>Adds attributes to a batch and returns their rows there.</summary>
    public static RowRange AddTo(TelemetryBatch batch, ref ByteReader reader)
    {
        var count = reader.ReadCount();
        var start = batch.Attributes.Count;
        for (var i = 0; i < count; i++)
        {
            var key = batch.Text.Add(reader.ReadBytes());
            var kind = (AttributeKind)reader.ReadByte();
            if (IsScalar(kind))
            {
                batch.Attributes.AddScalar(key, kind, reader.ReadInt64());
            }
            else
            {
                batch.Attributes.AddText(key, kind, batch.Text.Add(reader.ReadBytes()));
            }
        }

        return new RowRange(start, batch.Attributes.Count);
    }

    /// <summary>Adds attributes of a series to a batch and returns their rows there.</summary>
    public static RowRange AddTo(TelemetryBatch batch, IReadOnlyList<KeyValuePair<string, AttributeValue>> attributes)
    {
        var start = batch.Attributes.Count;
        foreach (var (key, value) in attributes)
        {
            var keyText = batch.Text.Add(key);
            if (IsScalar(value.Kind))
            {
                batch.Attributes.AddScalar(keyText, value.Kind, value.Bits);
            }
            else
            {
                batch.Attributes.AddText(keyText, value.Kind, batch.Text.Add(value.Text));
            }
        }

        return new RowRange(start, batch.Attributes.Count);
    }

    /// <summary>Reads attributes of a resource, scope or series; equal texts become one string.</summary>
    public static KeyValuePair<string, AttributeValue>[] Read(ref ByteReader reader, TextPool pool)
    {
        var attributes = new KeyValuePair<string, AttributeValue>[reader.ReadCount()];
        for (var i = 0; i < attributes.Length; i++)
        {
            var key = pool.Intern(reader.ReadBytes());
            var kind = (AttributeKind)reader.ReadByte();
            attributes[i] = new(key, IsScalar(kind) ? new AttributeValue(kind, reader.ReadInt64(), "") : new AttributeValue(kind, 0, pool.Intern(reader.ReadBytes())));
        }

        return attributes;
    }

    /// <summary>Whether values of this kind are held in 64 bits.</summary>
    public static bool IsScalar(AttributeKind kind) => kind is AttributeKind.Int or AttributeKind.Double or AttributeKind.Bool or AttributeKind.Empty;
}
