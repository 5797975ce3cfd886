namespace Gander.Web.Summary;

/// <summary>One series of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Colour">The design token of its colour, without dashes before it: s1, error.</param>
/// <param name="Values">A value for each time of the chart; null where there is none.</param>
/// <param name="Total">Its figure over the whole range as the legend shows it; null for the sum of its values.</param>
public sealed record ChartSeries(string Name, string Colour, IReadOnlyList<double?> Values, string? Total = null)
{
    /// <summary>A series that has a value at every time.</summary>
    public static ChartSeries Of(string name, string colour, IEnumerable<double> values) => new(name, colour, [.. values.Select(value => (double?)value)]);
}
