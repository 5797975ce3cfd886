using Spectre.Console;

namespace Gander.Commands.Chat;

/// <summary>The two ends of a conversation: a real terminal with keys, colours and questions, or pipes with lines and plain text.</summary>
internal sealed class ChatConsole : IDisposable
{
    private const int UsualWidth = 80;

    private readonly ChatKeyboard? _keyboard;

    private ChatConsole(Terminal terminal, ChatKeyboard? keyboard, bool hasColours)
    {
        _keyboard = keyboard;
        Screen = new ChatScreen(terminal.Output, new ChatPaint(hasColours));
        Approver = keyboard is null ? null : new ChatApprover(keyboard.Inputs, Screen);
    }

    /// <summary>Where everything is shown.</summary>
    public ChatScreen Screen { get; }

    /// <summary>Who is asked; null where nobody sits there.</summary>
    public ChatApprover? Approver { get; }

    /// <summary>Whether somebody sits there.</summary>
    public bool IsTerminal => _keyboard is not null;

    /// <summary>Finds out what is there. A terminal that cannot move its cursor is taken for a pipe.</summary>
    public static ChatConsole Open(Terminal terminal)
    {
        var profile = terminal.Screen().Profile;
        var isTerminal = !Console.IsInputRedirected && profile.Out.IsTerminal && profile.Capabilities.Ansi;
        return new ChatConsole(terminal, isTerminal ? new ChatKeyboard(terminal.Output) : null, isTerminal && profile.Capabilities.ColorSystem != ColorSystem.NoColors);
    }

    /// <summary>Where prompts come from.</summary>
    public IPromptReader Prompts(PromptHistory history, Terminal terminal) =>
        _keyboard is null ? new PipedPrompts(Console.In) : new LineEditor(_keyboard.Inputs, new LineScreen(terminal.Output, Width), history);

    /// <summary>Tells whoever reads prompts of Ctrl-C.</summary>
    public void Interrupt() => _keyboard?.Interrupt();

    public void Dispose() => _keyboard?.Dispose();

    private static int Width() => Console.WindowWidth is > 0 and var width ? width : UsualWidth;
}
