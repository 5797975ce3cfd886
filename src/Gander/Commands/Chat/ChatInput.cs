namespace Gander.Commands.Chat;

/// <summary>What a person does at the keyboard.</summary>
internal abstract record ChatInput
{
    private ChatInput()
    {
    }

    /// <summary>A key.</summary>
    /// <param name="Info">Which.</param>
    public sealed record Key(ConsoleKeyInfo Info) : ChatInput;

    /// <summary>Ctrl-C while nothing runs.</summary>
    public sealed record Interrupt : ChatInput;

    /// <summary>The keyboard is gone.</summary>
    public sealed record End : ChatInput;
}
