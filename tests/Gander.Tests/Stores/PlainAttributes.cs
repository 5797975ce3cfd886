using System.Globalization;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>Attributes between batches and plain lists.</summary>
public static class PlainAttributes
{
    /// <summary>Reads a range; of a key that comes twice, the last value counts.</summary>
    public static IReadOnlyList<KeyValuePair<string, AttributeValue>> Read(TelemetryBatch batch, RowRange range)
    {
        var byKey = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        for (var row = range.Start; row < range.End; row++)
        {
            byKey[batch.Text.ToString(batch.Attributes.Keys[row])] = new AttributeValue(
                batch.Attributes.Kinds[row], batch.Attributes.Bits[row], batch.Text.ToString(batch.Attributes.Texts[row]));
        }

        return [.. byKey];
    }

    public static RowRange Add(TelemetryBatch batch, IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
    {
        var start = batch.Attributes.Count;
        foreach (var (key, value) in attributes)
        {
            var name = batch.Text.Add(key);
            if (value.Kind is AttributeKind.Int or AttributeKind.Double or AttributeKind.Bool or AttributeKind.Empty)
            {
                batch.Attributes.AddScalar(name, value.Kind, value.Bits);
            }
            else
            {
                batch.Attributes.AddText(name, value.Kind, batch.Text.Add(value.Text));
            }
        }

        return new RowRange(start, batch.Attributes.Count);
    }

    public static string Describe(IEnumerable<KeyValuePair<string, AttributeValue>> attributes) =>
        "{" + string.Join(", ", attributes
            .OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
            .Select(attribute => string.Create(CultureInfo.InvariantCulture, $"{attribute.Key}={attribute.Value.Kind}:{attribute.Value.Bits:x}:{attribute.Value.Text}"))) + "}";

    public static int IndexOf<T>(IList<T> shared, T item, Func<T, ulong> id)
    {
        for (var index = 0; index < shared.Count; index++)
        {
            if (id(shared[index]) == id(item))
            {
                return index;
            }
        }

        shared.Add(item);
        return shared.Count - 1;
    }
}
