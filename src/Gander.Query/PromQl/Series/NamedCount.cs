namespace Gander.Query.PromQl.Series;

/// <summary>A count of what a name stands for.</summary>
/// <param name="Name">The name.</param>
/// <param name="Count">How many.</param>
public readonly record struct NamedCount(string Name, long Count);
