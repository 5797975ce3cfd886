namespace Gander.Query.PromQl.Syntax;

/// <summary>What may follow a selector or subquery.</summary>
/// <param name="Offset">How far to look back from the evaluation time (negative: ahead), or null.</param>
/// <param name="At">A fixed evaluation time, or null.</param>
/// <param name="Edges">How the window's edges are treated.</param>
public readonly record struct Modifiers(DurationExpression? Offset, AtModifier? At, RangeEdges Edges);
