using System.Text;
using Gander.Telemetry;

namespace Gander.Query.PromQl.Series;

/// <summary>
/// The labels of a series: names in byte order, each once, none with an empty value (an empty value is no label). Immutable;
/// equal by content.
/// </summary>
public sealed class Labels : IEquatable<Labels>, IComparable<Labels>
{
    /// <summary>The label that holds the metric's name.</summary>
    public const string MetricName = "__name__";

    /// <summary>The label that holds the metric's type, where a source gives one.</summary>
    public const string MetricType = "__type__";

    /// <summary>The label that holds the metric's unit, where a source gives one.</summary>
    public const string MetricUnit = "__unit__";

    private readonly string[] _names;
    private readonly string[] _values;
    private int _hash;

    private Labels(string[] names, string[] values)
    {
        _names = names;
        _values = values;
    }

    /// <summary>No labels.</summary>
    public static Labels Empty { get; } = new([], []);

    /// <summary>How many labels there are.</summary>
    public int Count => _names.Length;

    /// <summary>The names in order, as the object that may be shared between label sets; must not be changed.</summary>
    internal string[] NameSet => _names;

    /// <summary>The names in order.</summary>
    public ReadOnlySpan<string> Names => _names;

    /// <summary>The values in the order of the names.</summary>
    public ReadOnlySpan<string> Values => _values;

    /// <summary>The value of a label, or the empty text when it is absent.</summary>
    public string this[string name]
    {
        get
        {
            var at = Array.BinarySearch(_names, name, StringComparer.Ordinal);
            return at < 0 ? "" : _values[at];
        }
    }

    /// <summary>Makes labels of pairs in any order; later pairs win, empty values are left out.</summary>
    public static Labels Of(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var byName = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            byName[name] = value;
        }

        return OfSorted(byName.Where(pair => pair.Value.Length > 0));
    }

    /// <summary>Makes labels of arrays that are in order, hold no empty value and will not be changed; arrays of names may be shared.</summary>
    internal static Labels OfOwned(string[] names, string[] values) => names.Length == 0 ? Empty : new Labels(names, values);

    /// <summary>These labels with one of them set or, by an empty value, taken away.</summary>
    public Labels With(string name, string value)
    {
        var at = Array.BinarySearch(_names, name, StringComparer.Ordinal);
        if (value.Length == 0)
        {
            return at < 0 ? this : Choose(_names, _values, (other, _) => other != name);
        }

        if (at >= 0)
        {
            var changed = (string[])_values.Clone();
            changed[at] = value;
            return new Labels(_names, changed);
        }

        at = ~at;
        return new Labels([.. _names.AsSpan(0, at), name, .. _names.AsSpan(at)], [.. _values.AsSpan(0, at), value, .. _values.AsSpan(at)]);
    }

    /// <summary>
    /// These labels without the metric's name, type and unit, which say nothing true of what was computed from the metric.
    /// </summary>
    public Labels WithoutName() => this[MetricName].Length == 0 && this[MetricType].Length == 0 && this[MetricUnit].Length == 0
        ? this
        : Choose(_names, _values, (name, _) => name is not (MetricName or MetricType or MetricUnit));

    /// <summary>Only the labels named.</summary>
    public Labels Keep(IReadOnlyCollection<string> names) => Choose(_names, _values, (name, _) => names.Contains(name));

    /// <summary>All labels but the ones named.</summary>
    public Labels Drop(IReadOnlyCollection<string> names) => Choose(_names, _values, (name, _) => !names.Contains(name));

    /// <summary>The labels as pairs, in order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs()
    {
        for (var i = 0; i < _names.Length; i++)
        {
            yield return KeyValuePair.Create(_names[i], _values[i]);
        }
    }

    /// <summary>A hash that is the same in every process, for sampling by label set.</summary>
    public ulong StableHash() => ContentHash.Of(string.Join('\u00ff', Pairs().Select(pair => $"{pair.Key}\u00ff{pair.Value}")));

    /// <inheritdoc/>
    public bool Equals(Labels? other) => ReferenceEquals(this, other)
        || (other is not null && GetHashCode() == other.GetHashCode() && _names.AsSpan().SequenceEqual(other._names) && _values.AsSpan().SequenceEqual(other._values));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Labels);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var hash = new HashCode();
            for (var i = 0; i < _names.Length; i++)
            {
                hash.Add(_names[i], StringComparer.Ordinal);
                hash.Add(_values[i], StringComparer.Ordinal);
            }

            // Threads that come at once compute the same.
            _hash = hash.ToHashCode() is var found and not 0 ? found : 1;
        }

        return _hash;
    }

    /// <summary>Orders by name, then value, label by label; a label set that ends first comes first.</summary>
    public int CompareTo(Labels? other)
    {
        if (other is null)
        {
            return 1;
        }

        for (var i = 0; i < Math.Min(Count, other.Count); i++)
        {
            var order = string.CompareOrdinal(_names[i], other._names[i]);
            order = order != 0 ? order : string.CompareOrdinal(_values[i], other._values[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return Count.CompareTo(other.Count);
    }

    /// <summary>The labels as PromQL writes them: <c>name{a="b"}</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(this[MetricName]).Append('{');
        foreach (var (name, value) in Pairs().Where(pair => pair.Key != MetricName))
        {
            text.Append(text[^1] == '{' ? "" : ", ").Append(name).Append("=\"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return text.Append('}').ToString();
    }

    /// <summary>Whether two label sets are equal.</summary>
    public static bool operator ==(Labels? left, Labels? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two label sets differ.</summary>
    public static bool operator !=(Labels? left, Labels? right) => !(left == right);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(Labels left, Labels right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(Labels left, Labels right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(Labels left, Labels right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(Labels left, Labels right) => left.CompareTo(right) >= 0;

    private static Labels OfSorted(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var kept = pairs.ToArray();
        return kept.Length == 0 ? Empty : new Labels([.. kept.Select(pair => pair.Key)], [.. kept.Select(pair => pair.Value)]);
    }

    private static Labels Choose(ReadOnlySpan<string> names, ReadOnlySpan<string> values, Func<string, string, bool> isChosen)
    {
        var (keptNames, keptValues) = (new string[names.Length], new string[names.Length]);
        var count = 0;
        for (var i = 0; i < names.Length; i++)
        {
            if (isChosen(names[i], values[i]))
            {
                (keptNames[count], keptValues[count]) = (names[i], values[i]);
                count++;
            }
        }

        return count == 0 ? Empty : new Labels(keptNames[..count], keptValues[..count]);
    }
}
