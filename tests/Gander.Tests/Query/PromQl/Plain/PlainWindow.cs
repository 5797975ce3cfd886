namespace Gander.Tests.Query.PromQl.Plain;

/// <summary>Functions over the samples of one window, by their definitions.</summary>
public static class PlainWindow
{
    public static double? Apply(string function, double parameter, List<(long Time, double Value)> window, long start, long end)
    {
        if (window.Count == 0)
        {
            return null;
        }

        var values = window.ConvertAll(sample => sample.Value);
        return function switch
        {
            "rate" => Growth(window, start, end, isCounter: true) / ((end - start) / 1000.0),
            "increase" => Growth(window, start, end, isCounter: true),
            "delta" => Growth(window, start, end, isCounter: false),
            "irate" when window.Count < 2 => null,
            "irate" => (values[^1] < values[^2] ? values[^1] : values[^1] - values[^2]) / ((window[^1].Time - window[^2].Time) / 1000.0),
            "sum_over_time" => values.Sum(),
            "avg_over_time" => values.Sum() / values.Count,
            "count_over_time" => values.Count,
            "present_over_time" => 1,
            "min_over_time" => values.TrueForAll(double.IsNaN) ? double.NaN : values.Where(value => !double.IsNaN(value)).Min(),
            "max_over_time" => values.TrueForAll(double.IsNaN) ? double.NaN : values.Where(value => !double.IsNaN(value)).Max(),
            "last_over_time" => values[^1],
            "stdvar_over_time" => values.Sum(value => (value - values.Average()) * (value - values.Average())) / values.Count,
            "changes" => Enumerable.Range(1, values.Count - 1).Count(i => !values[i].Equals(values[i - 1])),
            "resets" => Enumerable.Range(1, values.Count - 1).Count(i => values[i] < values[i - 1]),
            "quantile_over_time" => PlainAggregation.Quantile(parameter, values),
            _ => throw new NotSupportedException(function),
        };
    }

    private static double? Growth(List<(long Time, double Value)> window, long start, long end, bool isCounter)
    {
        if (window.Count < 2)
        {
            return null;
        }

        // What lies between the ends counts only where a counter fell.
        var grown = window[^1].Value - window[0].Value;
        for (var i = 1; i < window.Count; i++)
        {
            grown += isCounter && window[i].Value < window[i - 1].Value ? window[i - 1].Value : 0;
        }

        var sampled = (window[^1].Time - window[0].Time) / 1000.0;
        var spacing = sampled / (window.Count - 1);
        var before = (window[0].Time - start) / 1000.0;
        var after = (end - window[^1].Time) / 1000.0;
        before = before >= 1.1 * spacing ? spacing / 2 : before;
        after = after >= 1.1 * spacing ? spacing / 2 : after;
        if (isCounter && grown > 0 && window[0].Value >= 0)
        {
            before = Math.Min(before, sampled * window[0].Value / grown);
        }

        return grown * (sampled + before + after) / sampled;
    }
}
