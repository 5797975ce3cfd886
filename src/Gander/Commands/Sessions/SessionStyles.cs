using Spectre.Console;

namespace Gander.Commands.Sessions;

/// <summary>The colours of sessions on a terminal; each stands beside a word that says the same.</summary>
internal static class SessionStyles
{
    /// <summary>What is less important.</summary>
    public static Style Faint { get; } = new(Color.Grey);

    /// <summary>Headings.</summary>
    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    /// <summary>What failed.</summary>
    public static Style Bad { get; } = new(Color.Red);

    /// <summary>Models.</summary>
    public static Style Model { get; } = new(Color.Blue);

    /// <summary>Tools.</summary>
    public static Style Tool { get; } = new(Color.Teal);

    /// <summary>The colour of a status of a session, turn or step.</summary>
    public static Style OfStatus(string status) => status switch
    {
        "ok" => new Style(Color.Green),
        "error" => Bad,
        "running" => new Style(Color.Blue),
        "interrupted" or "denied" => new Style(Color.Olive),
        _ => Faint,
    };
}
