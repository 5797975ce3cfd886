using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>The attributes of one record, for what a dialect alone knows how to read. Looks through them one by one.</summary>
internal readonly ref struct AttributeView(TelemetryBatch batch, RowRange rows)
{
    /// <summary>The text of the attribute <paramref name="key"/>, or empty.</summary>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> key) => IndexOf(key) is >= 0 and var index ? batch.Text[batch.Attributes.Texts[index]] : default;

    /// <summary>The number of the attribute <paramref name="key"/> from 0 on, or -1.</summary>
    public long Number(ReadOnlySpan<byte> key) => IndexOf(key) is >= 0 and var index ? Lenient.Number(batch, index) : -1;

    private int IndexOf(ReadOnlySpan<byte> key)
    {
        for (var i = rows.Start; i < rows.End; i++)
        {
            if (batch.Text[batch.Attributes.Keys[i]].SequenceEqual(key))
            {
                return i;
            }
        }

        return -1;
    }
}
