using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Gander.Telemetry;

namespace Gander.Sessions.Facts;

/// <summary>
/// Reads attribute values whatever kind the agent gave them: numbers and truth values come as text too, and values that
/// are empty or make no sense are as good as absent.
/// </summary>
internal static class Lenient
{
    // Sums of many stay far inside of a decimal.
    private const decimal MaxAmount = 1_000_000_000_000_000;

    private const long MaxNumber = 1_000_000_000_000_000_000;

    /// <summary>A whole number from 0 to 10^18, or -1.</summary>
    public static long Number(TelemetryBatch batch, int attribute)
    {
        var bits = batch.Attributes.Bits[attribute];
        return batch.Attributes.Kinds[attribute] switch
        {
            AttributeKind.Int => bits is >= 0 and <= MaxNumber ? bits : -1,
            AttributeKind.Double => Whole(BitConverter.Int64BitsToDouble(bits)),
            AttributeKind.String => Whole(batch.Text[batch.Attributes.Texts[attribute]]),
            _ => -1,
        };
    }

    /// <summary>An amount that is not negative, or null.</summary>
    public static decimal? Amount(TelemetryBatch batch, int attribute)
    {
        var bits = batch.Attributes.Bits[attribute];
        switch (batch.Attributes.Kinds[attribute])
        {
            case AttributeKind.Int: return bits is >= 0 and <= (long)MaxAmount ? bits : null;
            case AttributeKind.Double: return Amount(BitConverter.Int64BitsToDouble(bits));
            case AttributeKind.String:
                var text = batch.Text[batch.Attributes.Texts[attribute]];
                return text.Length is > 0 and <= 64
                    && decimal.TryParse(Encoding.UTF8.GetString(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount is >= 0 and <= MaxAmount
                    ? amount
                    : null;
            default: return null;
        }
    }

    /// <summary>An amount that is not negative and not beyond all reason, or null. Doubles keep 15 digits.</summary>
    public static decimal? Amount(double value) => value is >= 0 and <= (double)MaxAmount ? (decimal)value : null;

    /// <summary>Milliseconds as nanoseconds, or -1.</summary>
    public static long Millis(TelemetryBatch batch, int attribute) => Scaled(batch, attribute, 1_000_000);

    /// <summary>Seconds as nanoseconds, or -1.</summary>
    public static long Seconds(TelemetryBatch batch, int attribute) => Scaled(batch, attribute, 1_000_000_000);

    /// <summary>A truth value, or null.</summary>
    public static bool? Flag(TelemetryBatch batch, int attribute)
    {
        if (batch.Attributes.Kinds[attribute] == AttributeKind.Bool)
        {
            return batch.Attributes.Bits[attribute] != 0;
        }

        var text = batch.Text[batch.Attributes.Texts[attribute]];
        return text.SequenceEqual("true"u8) ? true : text.SequenceEqual("false"u8) ? false : null;
    }

    private static long Scaled(TelemetryBatch batch, int attribute, long nanos) =>
        Amount(batch, attribute) is { } amount && amount <= long.MaxValue / 2 / nanos ? (long)(amount * nanos) : -1;

    private static long Whole(double value) => value is >= 0 and <= MaxNumber ? (long)value : -1;

    private static long Whole(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out long number, out var read) && read == text.Length)
        {
            return number is >= 0 and <= MaxNumber ? number : -1;
        }

        return Utf8Parser.TryParse(text, out double value, out read) && read == text.Length ? Whole(value) : -1;
    }
}
