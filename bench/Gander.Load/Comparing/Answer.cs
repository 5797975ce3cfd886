using System.Globalization;
using System.Text.Json;

namespace Gander.Load.Comparing;

/// <summary>The result of a query: samples by label set.</summary>
internal sealed class Answer
{
    private const double Absolute = 1e-9;
    private const double Relative = 1e-6;

    private readonly Dictionary<string, List<(double Time, double Value)>> _series = new(StringComparer.Ordinal);

    /// <summary>Label sets in it.</summary>
    public int Count => _series.Count;

    /// <summary>Reads the JSON of <c>query</c> or <c>query_range</c>.</summary>
    public static Answer Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var answer = new Answer();
        foreach (var series in document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
        {
            var labels = series.GetProperty("metric").EnumerateObject().Select(label => $"{label.Name}={label.Value}").Order(StringComparer.Ordinal);
            var samples = series.TryGetProperty("values", out var values) ? values.EnumerateArray().Select(Sample).ToList() : [Sample(series.GetProperty("value"))];
            answer._series.Add(string.Join('\n', labels), samples);
        }

        return answer;
    }

    /// <summary>What is different in the other answer; null when all samples agree to a part in a million.</summary>
    public AnswerDifference? DifferenceTo(Answer other)
    {
        var (all, differing, first) = (0, 0, default(string));
        foreach (var labels in _series.Keys.Union(other._series.Keys, StringComparer.Ordinal))
        {
            var samples = _series.GetValueOrDefault(labels, []).ToDictionary(sample => sample.Time, sample => sample.Value);
            var others = other._series.GetValueOrDefault(labels, []).ToDictionary(sample => sample.Time, sample => sample.Value);
            foreach (var time in samples.Keys.Union(others.Keys))
            {
                all++;
                var (left, right) = (ValueAt(samples, time), ValueAt(others, time));
                if (left is null || right is null || !AreSame(left.Value, right.Value))
                {
                    differing++;
                    first ??= string.Create(CultureInfo.InvariantCulture, $"{left?.ToString(CultureInfo.InvariantCulture) ?? "nothing"} and {right?.ToString(CultureInfo.InvariantCulture) ?? "nothing"} of {labels.Replace('\n', ' ')} at {time}");
                }
            }
        }

        return first is null ? null : new AnswerDifference(all, differing, first);
    }

    private static double? ValueAt(Dictionary<double, double> samples, double time) => samples.TryGetValue(time, out var value) ? value : null;

    private static (double Time, double Value) Sample(JsonElement pair) => (pair[0].GetDouble(), pair[1].GetString() switch
    {
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.Parse(text!, NumberStyles.Float, CultureInfo.InvariantCulture),
    });

    private static bool AreSame(double left, double right) =>
        left.Equals(right) || Math.Abs(left - right) <= Absolute + (Relative * Math.Max(Math.Abs(left), Math.Abs(right)));
}
