using System.Globalization;
using System.Text;
using Gander.Telemetry;

namespace Gander.Web.Records;

/// <summary>Reads single values of records for showing them.</summary>
internal static class BatchReading
{
    /// <summary>The attribute <paramref name="key"/> as text, or null when the record has none.</summary>
    public static string? Attribute(this TelemetryBatch batch, RowRange range, string key)
    {
        Span<byte> wanted = stackalloc byte[128];
        wanted = wanted[..Encoding.UTF8.GetBytes(key, wanted)];
        for (var row = range.End - 1; row >= range.Start; row--)
        {
            if (batch.Text[batch.Attributes.Keys[row]].SequenceEqual(wanted))
            {
                return batch.AttributeValue(row);
            }
        }

        return null;
    }

    /// <summary>The session that a record names, or null.</summary>
    public static string? SessionId(this TelemetryBatch batch, RowRange range) =>
        batch.Attribute(range, AttributeKeys.SessionId) ?? batch.Attribute(range, AttributeKeys.ConversationId) ?? batch.Attribute(range, AttributeKeys.PlainConversationId);

    /// <summary>The value of one row of the attributes as text; arrays and maps as the JSON they are held as.</summary>
    public static string AttributeValue(this TelemetryBatch batch, int row) => batch.Attributes.Kinds[row] switch
    {
        AttributeKind.Int => batch.Attributes.Bits[row].ToString(CultureInfo.InvariantCulture),
        AttributeKind.Double => BitConverter.Int64BitsToDouble(batch.Attributes.Bits[row]).ToString("R", CultureInfo.InvariantCulture),
        AttributeKind.Bool => batch.Attributes.Bits[row] != 0 ? "true" : "false",
        _ => batch.Text.ToString(batch.Attributes.Texts[row]),
    };

    /// <summary>A value outside the columns as text.</summary>
    public static string Text(this AttributeValue value) => value.Kind switch
    {
        AttributeKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
        AttributeKind.Double => value.Double.ToString("R", CultureInfo.InvariantCulture),
        AttributeKind.Bool => value.Bits != 0 ? "true" : "false",
        _ => value.Text,
    };

    /// <summary>The value of one row of the attributes.</summary>
    public static AttributeValue Value(this TelemetryBatch batch, int row) =>
        new(batch.Attributes.Kinds[row], batch.Attributes.Bits[row], batch.Text.ToString(batch.Attributes.Texts[row]));
}
