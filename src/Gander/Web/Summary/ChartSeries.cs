namespace Gander.Web.Summary;

/// <summary>One series of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Colour">The design token of its colour, without dashes before it: s1, error.</param>
/// <param name="Values">A value for each time of the chart.</param>
public sealed record ChartSeries(string Name, string Colour, IReadOnlyList<double> Values);
