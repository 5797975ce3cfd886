using System.Globalization;
using System.Text.RegularExpressions;
using Gander.Storage.DuckDb.Native;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>Collects the values of a statement and names their places.</summary>
internal sealed partial class SqlValues
{
    private readonly List<SqlValue> _values = [];

    public IReadOnlyList<SqlValue> All => _values;

    public string Add(string text)
    {
        var value = SqlValue.Of(text);
        var place = Add(value);
        return value.NeedsDecoding ? $"decode({place})" : $"{place}::VARCHAR";
    }

    public string Add(long number) => $"{Add(SqlValue.Of(number))}::BIGINT";

    public string Add(ulong number) => $"{Add(SqlValue.Of(number))}::UBIGINT";

    public string Add(double number) => $"{Add(SqlValue.Of(number))}::DOUBLE";

    public string Add(TraceId id) => $"{Add(SqlValue.Of(id.ToString()))}::UUID";

    /// <summary>A list for <c>IN</c>.</summary>
    public static string Join<T>(IEnumerable<T> items, Func<T, string> add) => $"({string.Join(", ", items.Select(add))})";

    /// <summary>A filter with those of the values that it names; the engine refuses others.</summary>
    public SqlFilter Filter(string template)
    {
        var used = new List<int>();
        var text = Place().Replace(template, match =>
        {
            var index = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1;
            if (!used.Contains(index))
            {
                used.Add(index);
            }

            return string.Create(CultureInfo.InvariantCulture, $"${used.IndexOf(index) + 1}");
        });
        return new SqlFilter(text, [.. used.Select(index => _values[index])]);
    }

    [GeneratedRegex(@"\$([0-9]+)")]
    private static partial Regex Place();

    private string Add(SqlValue value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
    }
}
