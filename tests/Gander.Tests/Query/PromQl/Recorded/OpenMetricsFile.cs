using System.Globalization;
using System.IO.Compression;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Tests.Query.PromQl.Recorded;

/// <summary>Reads recorded samples: gzipped OpenMetrics text with a time on each line.</summary>
public static class OpenMetricsFile
{
    public static MemorySeriesSource Read(string path)
    {
        var source = new MemorySeriesSource();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var (previous, samples) = ("", new Samples());
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var timeAt = line.LastIndexOf(' ');
            var valueAt = line.LastIndexOf(' ', timeAt - 1);
            var series = line[..valueAt];
            if (series != previous)
            {
                samples = source.SamplesOf(ParseLabels(series));
                previous = series;
            }

            samples.Add(
                (long)Math.Round(decimal.Parse(line.AsSpan(timeAt + 1), CultureInfo.InvariantCulture) * 1000),
                ParseValue(line[(valueAt + 1)..timeAt]));
        }

        return source;
    }

    public static double ParseValue(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static Labels ParseLabels(string series)
    {
        var selector = Assert.IsType<Expression.VectorSelector>(Parser.Parse(series));
        return Labels.Of(selector.Matchers.Select(matcher => KeyValuePair.Create(matcher.Label, matcher.Value)));
    }
}
