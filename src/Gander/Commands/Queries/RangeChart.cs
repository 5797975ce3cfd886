using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Gander.Commands.Queries;

/// <summary>Shows the answer of a range query as lines in the terminal, with a table of the series below.</summary>
internal sealed class RangeChart
{
    private const int MaxLines = 8;
    private const int MaxListed = 40;
    private const int Rows = 16;
    private const int AxisWidth = 9;
    private const int MaxWidth = 160;

    private static readonly Color[] Colours = [Color.CornflowerBlue, Color.SandyBrown, Color.MediumTurquoise, Color.Orchid, Color.Yellow3, Color.MediumPurple1, Color.DeepSkyBlue1, Color.Salmon1];

    private readonly List<(string Name, double[] Times, double[] Values)> _series;
    private readonly double _start;
    private readonly double _end;

    private RangeChart(JsonElement data)
    {
        _series =
        [
            .. data.GetProperty("result").EnumerateArray()
                .Where(series => series.TryGetProperty("values", out _))
                .Select(series => (
                    AnswerTable.SeriesName(series.GetProperty("metric")),
                    series.GetProperty("values").EnumerateArray().Select(sample => sample[0].GetDouble()).ToArray(),
                    series.GetProperty("values").EnumerateArray().Select(sample => Number(sample[1].GetString()!)).ToArray()))
                .OrderByDescending(series => series.Item3.Where(double.IsFinite).DefaultIfEmpty(double.MinValue).Average()),
        ];
        (_start, _end) = _series.Count == 0 ? (0, 1) : (_series.Min(series => series.Times[0]), _series.Max(series => series.Times[^1]));
    }

    /// <summary>Prints it.</summary>
    public static void Show(IAnsiConsole console, JsonElement data)
    {
        var chart = new RangeChart(data);
        if (chart._series.Count == 0)
        {
            console.WriteLine(data.GetProperty("result").GetArrayLength() == 0 ? "No series." : "Only native histograms, which a chart cannot draw; ask with --json.");
            return;
        }

        chart.ShowLines(console);
        chart.ShowSeries(console);
    }

    private void ShowLines(IAnsiConsole console)
    {
        var finite = _series.Take(MaxLines).SelectMany(series => series.Values).Where(double.IsFinite).ToList();
        if (finite.Count == 0)
        {
            return;
        }

        // The axis starts at 0, so that heights can be compared.
        var (low, high) = (Math.Min(0, finite.Min()), Math.Max(0, finite.Max()));
        high = high > low ? high : low + 1;
        var canvas = new BrailleCanvas(Math.Min(console.Profile.Width, MaxWidth) - AxisWidth - 2, Rows);
        for (var index = Math.Min(MaxLines, _series.Count) - 1; index >= 0; index--)
        {
            Draw(canvas, _series[index], index, low, high);
        }

        for (var row = 0; row < Rows; row++)
        {
            var label = row % 5 == 0 ? Figure(high - ((high - low) * row / (Rows - 1))) : "";
            console.Write(new Text($"{label.PadLeft(AxisWidth - 1)} {(label.Length > 0 ? '┤' : '│')}"));
            foreach (var (text, colour) in canvas.Row(row))
            {
                console.Write(new Text(text, colour is { } index ? new Style(Colours[index]) : Style.Plain));
            }

            console.WriteLine();
        }

        var (first, last) = (Time(_start), Time(_end));
        console.WriteLine($"{new string(' ', AxisWidth)}└{first}{new string(' ', Math.Max(1, (canvas.Width / 2) - first.Length - last.Length))}{last}");
    }

    private void Draw(BrailleCanvas canvas, (string Name, double[] Times, double[] Values) series, int colour, double low, double high)
    {
        var usual = series.Times.Length > 1 ? series.Times.Zip(series.Times.Skip(1), (left, right) => right - left).Min() : 0;
        var (x, y, known) = (0, 0, false);
        for (var i = 0; i < series.Times.Length; i++)
        {
            if (!double.IsFinite(series.Values[i]))
            {
                known = false;
                continue;
            }

            var nextX = (int)Math.Round((series.Times[i] - _start) / Math.Max(1e-9, _end - _start) * (canvas.Width - 1));
            var nextY = (int)Math.Round((high - series.Values[i]) / (high - low) * (canvas.Height - 1));
            // Gaps stay gaps.
            var joins = known && series.Times[i] - series.Times[i - 1] <= usual * 1.5;
            canvas.Line(joins ? x : nextX, joins ? y : nextY, nextX, nextY, colour);
            (x, y, known) = (nextX, nextY, true);
        }
    }

    private void ShowSeries(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(new TableColumn(""), new TableColumn("Series"), Right("last"), Right("min"), Right("max"), Right("mean"));
        for (var index = 0; index < Math.Min(MaxListed, _series.Count); index++)
        {
            var values = _series[index].Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToList();
            var mark = index < MaxLines ? new Text("━", new Style(Colours[index])) : new Text("");
            table.AddRow(mark, new Text(_series[index].Name), new Text(Figure(_series[index].Values[^1])), new Text(Figure(values.Min())), new Text(Figure(values.Max())), new Text(Figure(values.Average())));
        }

        console.Write(table);
        if (_series.Count > MaxLines)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The {MaxLines} largest of {_series.Count:N0} series are drawn{(_series.Count > MaxListed ? $", {MaxListed} listed" : "")}."));
        }
    }

    private static TableColumn Right(string title) => new(title) { Alignment = Justify.Right, NoWrap = true };

    private static string Time(double seconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string Figure(double value) => Math.Abs(value) is >= 1e6 or (> 0 and < 1e-3)
        ? value.ToString("0.##e+0", CultureInfo.InvariantCulture)
        : value.ToString("#,0.###", CultureInfo.InvariantCulture);
}
