using System.Globalization;

namespace Gander.Web.Pages;

/// <summary>Which lines of a long table a page shows.</summary>
/// <param name="First">The first, from 0.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Size">How many a page shows.</param>
public readonly record struct LinesPlace(int First, int Count, int Size)
{
    /// <summary>Lines on a page.</summary>
    public const int DefaultSize = 200;

    /// <summary>How many are shown.</summary>
    public int Shown => Math.Min(Size, Count - First);

    /// <summary>Reads the place of the first line as an address holds it; what is none, or beyond the last, is the start.</summary>
    public static LinesPlace Read(string? cursor, int count) =>
        new(int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first < count ? first : 0, count, DefaultSize);
}
