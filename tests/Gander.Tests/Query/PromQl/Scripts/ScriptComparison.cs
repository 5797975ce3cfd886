using System.Globalization;
using System.Text.RegularExpressions;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Histograms;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Query.PromQl.Scripts;

/// <summary>Compares answers with what scripts expect, within the tolerance of the script language.</summary>
public static class ScriptComparison
{
    public static bool AreAlike(double expected, double actual)
    {
        const double SmallestNormal = 2.2250738585072014e-308;
        if (StaleMarker.Is(expected) || StaleMarker.Is(actual))
        {
            return StaleMarker.Is(expected) && StaleMarker.Is(actual);
        }

        if ((double.IsNaN(expected) && double.IsNaN(actual)) || expected == actual)
        {
            return true;
        }

        var (sum, difference) = (Math.Abs(expected) + Math.Abs(actual), Math.Abs(expected - actual));
        return expected == 0 || actual == 0 || sum < SmallestNormal
            ? difference < 1e-6 * SmallestNormal
            : difference / Math.Min(sum, double.MaxValue) < 1e-6;
    }

    public static void Instant(ScriptCase expected, QueryResult actual)
    {
        if (expected.Expectations.FirstOrDefault(line => line.StartsWith("string", StringComparison.Ordinal)) is { } text)
        {
            Assert.Equal(Literals.TryUnquote(text[6..].Trim()), Assert.IsType<QueryResult.Text>(actual).Value);
            return;
        }

        if (expected.Expectations.FirstOrDefault(line => line.StartsWith("range vector", StringComparison.Ordinal)) is { } range)
        {
            var match = Regex.Match(range, @"from (\S+) to (\S+) step (\S+)");
            var step = ScriptFile.Millis(match.Groups[3].Value);
            Matrix(expected.Results, ScriptFile.Millis(match.Groups[1].Value), step, Assert.IsType<QueryResult.Matrix>(actual).Series);
            return;
        }

        if (expected.Results.Count == 1 && TryNumber(expected.Results[0], out var number))
        {
            var scalar = Assert.IsType<QueryResult.Scalar>(actual);
            Assert.True(AreAlike(number, scalar.Value), $"expected {number}, got {scalar.Value}");
            return;
        }

        Vector(expected, actual);
    }

    public static void Matrix(IReadOnlyList<string> expected, long startMillis, long stepMillis, IReadOnlyList<MatrixSeries> actual)
    {
        var wanted = expected.Select(ScriptSeries.Parse).Where(series => series.Points.Any(point => point.IsPresent)).ToList();
        Assert.True(
            wanted.Select(series => series.Labels).ToHashSet().SetEquals(actual.Select(series => series.Labels)) && wanted.Count == actual.Count,
            $"expected series {Join(wanted.Select(one => one.Labels))}, got {Join(actual.Select(one => one.Labels))}");
        foreach (var series in wanted)
        {
            var samples = actual.First(other => other.Labels == series.Labels).Samples;
            var text = $"{series.Labels}: expected [{Join(series.Points.Select(Describe))}], got [{Describe(samples)}]";
            Assert.True(samples.Count == series.Points.Count(point => point.IsPresent), text);
            var at = 0;
            for (var i = 0; i < series.Points.Count; i++)
            {
                if (series.Points[i].IsPresent)
                {
                    Assert.True(samples.Times[at] == startMillis + (i * stepMillis), text);
                    Assert.True(AreAlike(series.Points[i], samples.HasHistograms ? samples.Histograms[at] : null, samples.Values[at]), text);
                    at++;
                }
            }
        }
    }

    /// <summary>The samples of one step of a matrix.</summary>
    public static List<VectorSample> SamplesAt(IReadOnlyList<MatrixSeries> series, long timeMillis)
    {
        var found = new List<VectorSample>();
        foreach (var (labels, samples) in series)
        {
            var at = samples.Times.BinarySearch(timeMillis);
            if (at >= 0)
            {
                found.Add(new VectorSample(labels, timeMillis, samples.Values[at], samples.HasHistograms ? samples.Histograms[at] : null));
            }
        }

        return found;
    }

    public static void IsSorted(IReadOnlyList<MatrixSeries> series)
    {
        for (var i = 1; i < series.Count; i++)
        {
            Assert.True(series[i - 1].Labels < series[i].Labels, $"{series[i - 1].Labels} stands before {series[i].Labels}");
        }
    }

    public static void Annotations(ScriptCase expected, Annotations actual)
    {
        Annotations(expected, "warn", actual.Warnings);
        Annotations(expected, "info", actual.Infos);
    }

    private static void Annotations(ScriptCase expected, string level, IReadOnlyList<string> actual)
    {
        if (expected.Expectations.Contains($"no_{level}"))
        {
            Assert.True(actual.Count == 0, $"expected no {level}, got {Join(actual)}");
        }

        var lines = expected.Expectations.Where(line => line == level || line.StartsWith($"{level} ", StringComparison.Ordinal)).ToList();
        if (lines.Count == 0)
        {
            return;
        }

        Assert.True(actual.Count > 0, $"expected {Join(lines)}, got none");
        var patterns = lines.Select(line => line[level.Length..].Trim()).Where(line => line.Length > 0).ToList();
        foreach (var pattern in patterns)
        {
            Assert.True(actual.Any(text => IsMatch(pattern, text)), $"expected {level} {pattern}, got {Join(actual)}");
        }

        Assert.True(patterns.Count == 0 || actual.All(text => patterns.Exists(pattern => IsMatch(pattern, text))), $"unexpected {level}: {Join(actual)}");
    }

    public static bool IsMatch(string pattern, string text) =>
        pattern.StartsWith("msg:", StringComparison.Ordinal) ? text == pattern[4..].Trim()
        : Regex.IsMatch(text, pattern["regex:".Length..].Trim());

    private static void Vector(ScriptCase expected, QueryResult actual)
    {
        var wanted = expected.Results.Select(ScriptSeries.Parse).ToList();
        var samples = actual is QueryResult.Scalar scalar
            ? [new VectorSample(Labels.Empty, scalar.TimeMillis, scalar.Value, null)]
            : Assert.IsType<QueryResult.Vector>(actual).Samples;
        var text = $"expected [{Join(wanted.Select(one => $"{one.Labels} {Join(one.Points.Select(Describe))}"))}], "
            + $"got [{Join(samples.Select(one => $"{one.Labels} {one.Histogram?.ToString() ?? PromQlNumber.Format(one.Value)}"))}]";
        Assert.True(wanted.Count == samples.Count, text);
        for (var i = 0; i < samples.Count; i++)
        {
            var series = expected.IsOrdered ? wanted[i] : wanted.Find(one => one.Labels == samples[i].Labels);
            Assert.True(series is not null && series.Labels == samples[i].Labels, text);
            Assert.True(AreAlike(series.Points[0], samples[i].Histogram, samples[i].Value), text);
        }
    }

    private static bool AreAlike(ScriptPoint expected, FloatHistogram? histogram, double value)
    {
        if ((expected.Histogram is null) != (histogram is null))
        {
            return false;
        }

        return histogram is null
            ? AreAlike(expected.Value, value)
            : HistogramsAlike(expected.Histogram!, histogram);
    }

    private static bool HistogramsAlike(FloatHistogram expected, FloatHistogram actual) =>
        expected.Schema == actual.Schema
        && AreAlike(expected.Count, actual.Count)
        && AreAlike(expected.Sum, actual.Sum)
        && AreAlike(expected.ZeroCount, actual.ZeroCount)
        && AreAlike(expected.ZeroThreshold, actual.ZeroThreshold)
        && expected.CustomBounds.SequenceEqual(actual.CustomBounds)
        && BucketsAlike(expected.Positive, actual.Positive)
        && BucketsAlike(expected.Negative, actual.Negative)
        && (expected.ResetHint == CounterResetHint.Unknown || expected.ResetHint == actual.ResetHint);

    private static bool BucketsAlike(BucketRun expected, BucketRun actual)
    {
        var first = Math.Min(expected.Offset, actual.Offset);
        var end = Math.Max(expected.Offset + expected.Counts.Count, actual.Offset + actual.Counts.Count);
        for (var i = first; i < end; i++)
        {
            if (!AreAlike(At(expected, i), At(actual, i)))
            {
                return false;
            }
        }

        return true;

        static double At(BucketRun run, int index) =>
            index < run.Offset || index >= run.Offset + run.Counts.Count ? 0 : run.Counts[index - run.Offset];
    }

    private static bool TryNumber(string text, out double number)
    {
        number = 0;
        if (text.Contains('{', StringComparison.Ordinal) || text.Contains(' ', StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            number = ScriptSeries.Number(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Describe(ScriptPoint point) =>
        !point.IsPresent ? "_" : point.Histogram?.ToString() ?? PromQlNumber.Format(point.Value);

    private static string Describe(Samples samples)
    {
        var texts = new List<string>();
        for (var i = 0; i < samples.Count; i++)
        {
            var value = samples.HasHistograms && samples.Histograms[i] is { } histogram ? histogram.ToString() : PromQlNumber.Format(samples.Values[i]);
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"{value}@{samples.Times[i]}"));
        }

        return Join(texts);
    }

    private static string Join<T>(IEnumerable<T> items) => string.Join(" ", items);
}
