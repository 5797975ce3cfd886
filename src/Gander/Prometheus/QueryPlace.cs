using System.Globalization;
using System.Text;
using Gander.Query.Shared;

namespace Gander.Prometheus;

/// <summary>Names a place in a query as Prometheus does: line and byte of the line, both from 1.</summary>
internal static class QueryPlace
{
    /// <summary>The start of <paramref name="position"/>, such as <c>1:14</c>.</summary>
    public static string Of(TextPosition position, string query)
    {
        var before = query.AsSpan(0, Math.Min(position.Start, query.Length));
        var line = before.Count('\n') + 1;
        var column = Encoding.UTF8.GetByteCount(before[(before.LastIndexOf('\n') + 1)..]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{line}:{column}");
    }
}
