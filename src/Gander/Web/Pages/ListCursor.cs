using System.Globalization;
using Gander.Sessions;

namespace Gander.Web.Pages;

/// <summary>Where a page of the list of sessions ended, as an address holds it.</summary>
public static class ListCursor
{
    /// <summary>The cursor after <paramref name="last"/>.</summary>
    public static string Print(SessionSummary last) => string.Create(CultureInfo.InvariantCulture, $"{last.StartNanos}~{last.Key}");

    /// <summary>Reads a cursor; what is none counts as the start of the list.</summary>
    public static (long StartNanos, string Key)? Parse(string? text)
    {
        var parts = text?.Split('~', 2);
        return parts?.Length == 2 && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start) ? (start, parts[1]) : null;
    }
}
