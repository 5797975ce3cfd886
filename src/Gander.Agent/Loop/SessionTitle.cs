using Gander.Agent.Providers;
using Gander.Agent.Telemetry;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>A few words that tell a session from others in a list.</summary>
internal static class SessionTitle
{
    private const int MaxPromptLength = 2_000;
    private const int MaxLength = 80;
    private const int MaxOutputTokens = 1_024;

    /// <summary>Asks the model for it.</summary>
    public static Task<ModelAnswer> AskAsync(ModelCaller caller, string prompt, ModelCallScope? scope, CancellationToken cancellationToken) => caller.CompleteAsync(
        [
            new ChatMessage(ChatRole.System, "Name the task a person gives to a coding agent, in at most six words, as a title: no quotes, no full stop. Answer with the title alone, in the language of the task. Do not do the task."),
            new ChatMessage(ChatRole.User, $"<task>\n{(prompt.Length <= MaxPromptLength ? prompt : prompt[..MaxPromptLength])}\n</task>"),
        ],
        ModelCallPurpose.Title,
        MaxOutputTokens,
        scope,
        emit: null,
        cancellationToken);

    /// <summary>What can be used of an answer; null where nothing can.</summary>
    public static string? Clean(string answer)
    {
        var line = answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        var title = new string([.. line.Where(character => !TerminalText.Steers(character))]).Trim(' ', '"', '\'', '#', '*', '.');
        return title.Length == 0 ? null : title.Length <= MaxLength ? title : title[..MaxLength].TrimEnd() + "…";
    }
}
