using System.Globalization;
using System.Text;

namespace Gander.Prometheus.Scrape;

/// <summary>
/// Writes metric families in Prometheus' text format 0.0.4 or in OpenMetrics 1.0, which differ in the names of counters and infos,
/// in the unit, and in the end. Families are written one after the other, each once. Not thread-safe.
/// </summary>
/// <param name="isOpenMetrics">Which of the two.</param>
internal sealed class ExpositionWriter(bool isOpenMetrics)
{
    private readonly StringBuilder _text = new();
    private string _name = "";

    /// <summary>Begins a family.</summary>
    /// <param name="name">Without <c>_total</c> and <c>_info</c>, with the unit.</param>
    /// <param name="type">Its type.</param>
    /// <param name="unit">The last word of the name, where it is a unit; else empty.</param>
    /// <param name="help">What it means.</param>
    public void Family(string name, MetricType type, string unit, string help)
    {
        _name = type switch
        {
            MetricType.Counter => name + "_total",
            MetricType.Info => name + "_info",
            _ => name,
        };
        var shown = isOpenMetrics ? name : _name;
        var word = type switch
        {
            MetricType.Counter => "counter",
            MetricType.Histogram => "histogram",
            MetricType.Info when isOpenMetrics => "info",
            _ => "gauge",
        };
        _text.Append("# HELP ").Append(shown).Append(' ').Append(Escape(help, quotes: isOpenMetrics)).Append('\n');
        _text.Append("# TYPE ").Append(shown).Append(' ').Append(word).Append('\n');
        if (isOpenMetrics && unit.Length > 0)
        {
            _text.Append("# UNIT ").Append(shown).Append(' ').Append(unit).Append('\n');
        }
    }

    /// <summary>A sample of the family; labels are names and values in turn.</summary>
    public void Sample(double value, params ReadOnlySpan<string> labels) => Line("", value, labels, null);

    /// <summary>A distribution of the family.</summary>
    /// <param name="bounds">Upper bounds, ascending, without infinity.</param>
    /// <param name="counts">Observations of each bucket alone, one more than bounds.</param>
    /// <param name="sum">The sum of all observations.</param>
    /// <param name="labels">Names and values in turn.</param>
    public void Distribution(ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double sum, params ReadOnlySpan<string> labels)
    {
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            Line("_bucket", total, labels, i < bounds.Length ? Bound(bounds[i]) : "+Inf");
        }

        Line("_sum", sum, labels, null);
        Line("_count", total, labels, null);
    }

    /// <summary>Ends the page and gives it.</summary>
    public string End() => isOpenMetrics ? _text.Append("# EOF\n").ToString() : _text.ToString();

    // OpenMetrics wants bounds to be floats: 1.0, not 1.
    private string Bound(double bound)
    {
        var text = bound.ToString("R", CultureInfo.InvariantCulture);
        return isOpenMetrics && text.All(char.IsAsciiDigit) ? text + ".0" : text;
    }

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private void Line(string suffix, double value, ReadOnlySpan<string> labels, string? bound)
    {
        _text.Append(_name).Append(suffix);
        if (labels.Length > 0 || bound is not null)
        {
            _text.Append('{');
            for (var i = 0; i < labels.Length; i += 2)
            {
                _text.Append(i == 0 ? "" : ",").Append(labels[i]).Append("=\"").Append(Escape(labels[i + 1], quotes: true)).Append('"');
            }

            if (bound is not null)
            {
                _text.Append(labels.Length > 0 ? "," : "").Append("le=\"").Append(bound).Append('"');
            }

            _text.Append('}');
        }

        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }
}
