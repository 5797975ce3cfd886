namespace Gander.Query.PromQl.Syntax;

/// <summary>How a window treats its edges.</summary>
public enum RangeEdges
{
    /// <summary>Only the samples inside count; functions extrapolate by themselves.</summary>
    Plain,

    /// <summary><c>anchored</c>: the last sample before each edge stands for the value at the edge.</summary>
    Anchored,

    /// <summary><c>smoothed</c>: the value at each edge is interpolated between its neighbours.</summary>
    Smoothed,
}
