namespace Gander.Web;

/// <summary>How a person likes the pages, kept in cookies that the shell's script writes and the server only reads.</summary>
/// <param name="Theme">system, light or dark.</param>
/// <param name="NavCollapsed">Whether the side bar shows icons only.</param>
public sealed record ViewSettings(string Theme, bool NavCollapsed)
{
    /// <summary>The cookie with the theme.</summary>
    public const string ThemeCookie = "gander-theme";

    /// <summary>The cookie with the side bar's width.</summary>
    public const string NavCookie = "gander-nav";

    /// <summary>For a first visit.</summary>
    public static ViewSettings Default { get; } = new("system", false);

    /// <summary>Reads the cookies; values it does not know count as absent.</summary>
    public static ViewSettings Read(IRequestCookieCollection? cookies) => cookies is null
        ? Default
        : new(cookies[ThemeCookie] is "light" or "dark" ? cookies[ThemeCookie]! : "system", cookies[NavCookie] == "narrow");
}
