namespace Gander.Commands.Chat;

/// <summary>Where prompts come from.</summary>
internal interface IPromptReader
{
    /// <summary>Waits for the next one.</summary>
    Task<PromptLine> ReadAsync(CancellationToken cancellationToken);
}
