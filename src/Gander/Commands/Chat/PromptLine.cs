namespace Gander.Commands.Chat;

/// <summary>What became of a prompt.</summary>
internal abstract record PromptLine
{
    private PromptLine()
    {
    }

    /// <summary>A text was typed.</summary>
    /// <param name="Text">It, with line breaks where it has several lines.</param>
    public sealed record Typed(string Text) : PromptLine;

    /// <summary>Ctrl-C at an empty prompt.</summary>
    public sealed record Interrupted : PromptLine;

    /// <summary>Ctrl-D, or the end of the input.</summary>
    public sealed record Ended : PromptLine;
}
