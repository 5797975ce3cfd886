namespace Gander.Query.PromQl.Syntax;

/// <summary>How a binary operator pairs series.</summary>
/// <param name="Cardinality">How many of each side.</param>
/// <param name="Labels">The labels to compare or, unless <paramref name="On"/>, to leave out of the comparison.</param>
/// <param name="On">Whether the labels are the ones to compare.</param>
/// <param name="Include">Labels taken over from the one side.</param>
/// <param name="FillLeft">The value for a series missing on the left, or null.</param>
/// <param name="FillRight">The value for a series missing on the right, or null.</param>
public sealed record VectorMatching(
    MatchCardinality Cardinality,
    IReadOnlyList<string> Labels,
    bool On,
    IReadOnlyList<string> Include,
    double? FillLeft = null,
    double? FillRight = null);
