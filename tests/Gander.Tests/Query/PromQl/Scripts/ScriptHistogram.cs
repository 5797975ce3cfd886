using System.Globalization;
using System.Text.RegularExpressions;
using Gander.Query.PromQl.Histograms;

namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>Histograms as scripts write them: <c>{{schema:1 sum:3 buckets:[1 2]}}</c>, repeated and added.</summary>
public static partial class ScriptHistogram
{
    /// <summary>Reads one token.</summary>
    public static IEnumerable<ScriptPoint> Expand(string token)
    {
        var match = Parts().Match(token);
        var start = Parse(match.Groups["start"].Value);
        if (!match.Groups["count"].Success)
        {
            return [new ScriptPoint(0, start, true)];
        }

        var count = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
        if (!match.Groups["step"].Success)
        {
            return Enumerable.Repeat(new ScriptPoint(0, start, true), count + 1);
        }

        var step = Parse(match.Groups["step"].Value);
        var points = new List<ScriptPoint> { new(0, start, true) };
        for (var i = 0; i < count; i++)
        {
            var next = match.Groups["sign"].Value == "+" ? HistogramArithmetic.Add(start, step) : HistogramArithmetic.Subtract(start, step);
            start = next with { ResetHint = start.ResetHint };
            points.Add(new ScriptPoint(0, start, true));
        }

        return points;
    }

    private static FloatHistogram Parse(string text)
    {
        var histogram = new FloatHistogram();
        var (offset, negativeOffset) = (0, 0);
        double[] positive = [], negative = [];
        foreach (Match field in Fields().Matches(text))
        {
            var value = field.Groups["value"].Value;
            histogram = field.Groups["key"].Value switch
            {
                "schema" => histogram with { Schema = int.Parse(value, CultureInfo.InvariantCulture) },
                "sum" => histogram with { Sum = ScriptSeries.Number(value) },
                "count" => histogram with { Count = ScriptSeries.Number(value) },
                "z_bucket" => histogram with { ZeroCount = ScriptSeries.Number(value) },
                "z_bucket_w" => histogram with { ZeroThreshold = ScriptSeries.Number(value) },
                "custom_values" => histogram with { CustomBounds = Numbers(value) },
                "counter_reset_hint" => histogram with { ResetHint = Hint(value) },
                _ => histogram,
            };
            switch (field.Groups["key"].Value)
            {
                case "buckets":
                    positive = Numbers(value);
                    break;
                case "n_buckets":
                    negative = Numbers(value);
                    break;
                case "offset":
                    offset = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "n_offset":
                    negativeOffset = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
            }
        }

        return histogram with { Positive = new BucketRun(offset, positive), Negative = new BucketRun(negativeOffset, negative) };
    }

    private static CounterResetHint Hint(string text) => text switch
    {
        "reset" => CounterResetHint.Reset,
        "not_reset" => CounterResetHint.NotReset,
        "gauge" => CounterResetHint.Gauge,
        _ => CounterResetHint.Unknown,
    };

    private static double[] Numbers(string text) =>
        [.. text.Trim('[', ']').Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ScriptSeries.Number)];

    [GeneratedRegex(@"^\{\{(?<start>.*?)\}\}(?:(?<sign>[+-])\{\{(?<step>.*?)\}\})?(?:x(?<count>\d+))?$")]
    private static partial Regex Parts();

    [GeneratedRegex(@"(?<key>\w+):\s*(?<value>\[[^\]]*\]|\S+)")]
    private static partial Regex Fields();
}
