namespace Gander.Query.Shared;

/// <summary>Where a piece of a query stands, as half-open UTF-16 positions in its text.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">One past the last character.</param>
public readonly record struct TextPosition(int Start, int End)
{
    /// <summary>From the start of <paramref name="first"/> to the end of <paramref name="last"/>.</summary>
    public static TextPosition Covering(TextPosition first, TextPosition last) => new(first.Start, last.End);
}
