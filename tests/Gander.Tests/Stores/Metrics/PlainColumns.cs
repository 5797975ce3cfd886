using System.Globalization;
using Gander.Telemetry;

namespace Gander.Tests.Stores.Metrics;

/// <summary>Ranges of columns between batches and plain lists.</summary>
internal static class PlainColumns
{
    public static RowRange Add<T>(Column<T> column, IReadOnlyList<T> values)
        where T : struct
    {
        var start = column.Count;
        foreach (var value in values)
        {
            column.Add(value);
        }

        return new RowRange(start, column.Count);
    }

    public static IReadOnlyList<T> Read<T>(Column<T> column, RowRange rows)
        where T : struct =>
        [.. column.Values[rows.Start..rows.End]];

    public static string Describe(IEnumerable<double> values) => string.Join(',', values.Select(value => Describe(value)));

    public static string Describe(double? value) =>
        value is { } present ? BitConverter.DoubleToInt64Bits(present).ToString("x", CultureInfo.InvariantCulture) : "-";
}
