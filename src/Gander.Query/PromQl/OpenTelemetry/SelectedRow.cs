namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>A row of a selection.</summary>
/// <param name="Row">The row.</param>
/// <param name="Number">Its number in the table.</param>
/// <param name="Mode">What is done with its points.</param>
/// <param name="Origins">Those of its origins that may have points in the time selected; at least one.</param>
/// <param name="Spans">Of a target, the milliseconds in which its resource sent something; else null.</param>
internal sealed record SelectedRow(SeriesRow Row, int Number, RowMode Mode, SeriesOrigin[] Origins, IReadOnlyList<(long First, long Last)>? Spans)
{
    /// <summary>Which figure it shows; all origins of a row that are read show the same.</summary>
    public SeriesPart Part => Origins[0].Part;
}
