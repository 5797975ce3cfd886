namespace Gander.Api;

/// <summary>One parameter of an endpoint, as the documentation shows it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it does, what it may be, and what happens without it.</param>
/// <param name="Kind">How its values look.</param>
/// <param name="Example">A value that works.</param>
public sealed record ApiParameter(string Name, string Description, ApiParameterKind Kind, string Example)
{
    /// <summary>The words a value may be; empty when it may be anything.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The least and greatest number, for numbers.</summary>
    public (int Least, int Most)? Bounds { get; init; }

    /// <summary>The start of the time range.</summary>
    public static ApiParameter Start { get; } = new(
        "start", "The first instant of the range: RFC 3339, Unix seconds with decimals, Unix nanoseconds, or relative to now. Without it the range is open.", ApiParameterKind.Text, "now-6h");

    /// <summary>The end of the time range.</summary>
    public static ApiParameter End { get; } = new(
        "end", "The first instant after the range, written like start. Without it the range is open.", ApiParameterKind.Text, "now");

    /// <summary>The size of a page.</summary>
    public static ApiParameter Limit { get; } = new(
        "limit", "At most this many entries, 1 to 1000; without it 100.", ApiParameterKind.Number, "100") { Bounds = (1, 1_000) };

    /// <summary>The page.</summary>
    public static ApiParameter Cursor { get; } = new(
        "cursor", "nextCursor of the previous page, unchanged, with all other parameters but limit repeated.", ApiParameterKind.Text, "AQAAAA");
}
