namespace Gander.Sessions;

/// <summary>Two sources that tell of the same figure of a session and disagree beyond rounding.</summary>
/// <param name="Figure">What differs, such as <c>output tokens</c> or <c>cost</c>.</param>
/// <param name="Kept">The source that the session shows.</param>
/// <param name="KeptValue">Its value; tokens, US dollars or a count.</param>
/// <param name="Other">The other source.</param>
/// <param name="OtherValue">Its value.</param>
public sealed record SourceDifference(string Figure, FigureSource Kept, decimal KeptValue, FigureSource Other, decimal OtherValue);
