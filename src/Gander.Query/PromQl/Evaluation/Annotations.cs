using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Warnings and hints about a query's data, each once, in byte order. Thread-safe.</summary>
/// <param name="query">The query, to turn positions into line and column.</param>
public sealed class Annotations(string query)
{
    /// <summary>More warnings or hints than this are not kept.</summary>
    public const int MaxOfAKind = 1_000;

    private readonly Lock _gate = new();
    private readonly SortedSet<string> _warnings = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _infos = new(StringComparer.Ordinal);

    /// <summary>Results that are probably wrong, with <c>(line:column)</c> of the part meant.</summary>
    public IReadOnlyList<string> Warnings => Copy(_warnings);

    /// <summary>Results that may surprise, with <c>(line:column)</c>.</summary>
    public IReadOnlyList<string> Infos => Copy(_infos);

    /// <summary>Adds a warning unless it is there.</summary>
    public void Warn(string message, TextPosition position) => Add(_warnings, $"PromQL warning: {message} ({Place(position)})");

    /// <summary>Adds a hint unless it is there.</summary>
    public void Inform(string message, TextPosition position) => Add(_infos, $"PromQL info: {message} ({Place(position)})");

    /// <summary>Warns of a quantile outside 0 to 1.</summary>
    public void WarnQuantile(double quantile, TextPosition position) =>
        Warn($"quantile value should be between 0 and 1, got {PromQlNumber.Format(quantile)}", position);

    /// <summary>Warns of exponential and custom buckets that met.</summary>
    public void WarnMixedSchemas(Labels labels, TextPosition position) => Warn(
        $"vector contains a mix of histograms with exponential and custom buckets schemas for metric name \"{labels[Labels.MetricName]}\"", position);

    private void Add(SortedSet<string> annotations, string text)
    {
        lock (_gate)
        {
            // A query may have as many as it has series; nobody reads them all.
            if (annotations.Count < MaxOfAKind)
            {
                annotations.Add(text);
            }
        }
    }

    private string[] Copy(SortedSet<string> annotations)
    {
        lock (_gate)
        {
            return [.. annotations];
        }
    }

    private string Place(TextPosition position)
    {
        var before = query.AsSpan(0, Math.Min(position.Start, query.Length));
        var line = before.Count('\n') + 1;
        var column = System.Text.Encoding.UTF8.GetByteCount(before[(before.LastIndexOf('\n') + 1)..]) + 1;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{line}:{column}");
    }
}
