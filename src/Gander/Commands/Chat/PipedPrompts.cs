namespace Gander.Commands.Chat;

/// <summary>Prompts from a pipe or a file, one a line; empty lines are none.</summary>
internal sealed class PipedPrompts(TextReader input) : IPromptReader
{
    /// <inheritdoc/>
    public async Task<PromptLine> ReadAsync(CancellationToken cancellationToken)
    {
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                return new PromptLine.Typed(line);
            }
        }

        return new PromptLine.Ended();
    }
}
