namespace Gander.Commands.Chat;

/// <summary>Colours for words, where the terminal has any: those of the person's own palette.</summary>
internal sealed class ChatPaint(bool hasColours)
{
    /// <summary>Whether anything is coloured; can be switched.</summary>
    public bool IsOn { get; set; } = hasColours;

    public string Dim(string text) => In("2", text);

    public string Bold(string text) => In("1", text);

    public string Good(string text) => In("32", text);

    public string Bad(string text) => In("31", text);

    public string Notice(string text) => In("33", text);

    private string In(string code, string text) => IsOn ? $"\e[{code}m{text}\e[0m" : text;
}
