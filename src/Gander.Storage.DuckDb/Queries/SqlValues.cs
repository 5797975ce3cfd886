using System.Globalization;
using Gander.Storage.DuckDb.Native;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>Collects the values of a statement and names their places.</summary>
internal sealed class SqlValues
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

    private string Add(SqlValue value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
    }
}
