using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// Adds the attributes of one owner so that they end up in one range of rows and each key once: of a key that comes twice the
/// last value counts, as for resources. Nearly all owners are checked by one bit a key.
/// </summary>
internal struct AttributeOwner
{
    private ulong _seen;

    /// <summary>The rows of the attributes added so far.</summary>
    public RowRange Range { get; private set; }

    /// <summary>
    /// Prepares for one more attribute and counts it; the caller adds it next. False when the owner has its fill
    /// (<see cref="DecodeLimits.MaxAttributesPerOwner"/>) and the attribute is to be dropped.
    /// </summary>
    public bool TryPrepare(in TextSource text, AttributeColumns columns, TextRef key, int maxAttributes)
    {
        DecodeContext.CheckCount(columns.Count, maxAttributes, "attributes");
        var range = Range;
        if (range.Count >= DecodeLimits.MaxAttributesPerOwner)
        {
            return false;
        }

        if (range.End != columns.Count)
        {
            // Attributes of an event or exemplar came between.
            range = range.Count == 0 ? new RowRange(columns.Count, columns.Count) : Move(columns, range, maxAttributes);
        }

        var bytes = text[key];
        var bit = 1UL << (bytes.IsEmpty ? 0 : (bytes.Length + (7 * bytes[^1]) + (31 * bytes[bytes.Length / 2])) & 63);
        if ((_seen & bit) != 0)
        {
            range = DropEqual(text, columns, range, bytes);
        }

        _seen |= bit;
        Range = new RowRange(range.Start, range.End + 1);
        return true;
    }

    private static RowRange Move(AttributeColumns columns, RowRange range, int maxAttributes)
    {
        DecodeContext.CheckCount(columns.Count + range.Count, maxAttributes, "attributes");
        var start = columns.Count;
        for (var row = range.Start; row < range.End; row++)
        {
            Copy(columns, row);
        }

        return new RowRange(start, columns.Count);
    }

    private static RowRange DropEqual(in TextSource text, AttributeColumns columns, RowRange range, ReadOnlySpan<byte> key)
    {
        var keys = columns.Keys;
        for (var row = range.Start; row < range.End; row++)
        {
            if (keys[row].Length == key.Length && text[keys[row]].SequenceEqual(key))
            {
                return Remove(columns, range, row);
            }
        }

        return range;
    }

    private static RowRange Remove(AttributeColumns columns, RowRange range, int row)
    {
        var after = row + 1;
        var (keys, kinds, bits, texts) = (
            columns.Keys[after..].ToArray(), columns.Kinds[after..].ToArray(), columns.Bits[after..].ToArray(), columns.Texts[after..].ToArray());
        columns.Truncate(row);
        for (var i = 0; i < keys.Length; i++)
        {
            Add(columns, keys[i], kinds[i], bits[i], texts[i]);
        }

        return new RowRange(range.Start, range.End - 1);
    }

    private static void Copy(AttributeColumns columns, int row) =>
        Add(columns, columns.Keys[row], columns.Kinds[row], columns.Bits[row], columns.Texts[row]);

    private static void Add(AttributeColumns columns, TextRef key, AttributeKind kind, long bits, TextRef text)
    {
        if (kind is AttributeKind.Int or AttributeKind.Double or AttributeKind.Bool)
        {
            columns.AddScalar(key, kind, bits);
        }
        else
        {
            columns.AddText(key, kind, text);
        }
    }
}
