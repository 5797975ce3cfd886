using System.Threading.Channels;
using Gander.Agent.Permissions;

namespace Gander.Commands.Chat;

/// <summary>Asks the person at the keyboard whether a tool may be called.</summary>
internal sealed class ChatApprover(ChannelReader<ChatInput> inputs, ChatScreen screen) : IApprover
{
    private const int MaxShownLength = 20_000;

    /// <inheritdoc/>
    public async ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        Show(request);

        // What was typed before the question is no answer to it.
        while (inputs.TryRead(out _))
        {
        }

        while (await inputs.ReadAsync(cancellationToken) is var input)
        {
            if (input is ChatInput.End)
            {
                return ApprovalAnswer.Deny;
            }

            if (input is ChatInput.Key { Info: var key } && Answer(key) is { } answer)
            {
                screen.Tell(answer switch
                {
                    ApprovalAnswer.AllowOnce => screen.Paint.Good("  yes"),
                    ApprovalAnswer.AllowAlways => screen.Paint.Good("  always"),
                    _ => screen.Paint.Bad("  no"),
                });
                return answer;
            }
        }

        return ApprovalAnswer.Deny;
    }

    private static ApprovalAnswer? Answer(ConsoleKeyInfo key) => key switch
    {
        { KeyChar: 'y' or 'Y' } => ApprovalAnswer.AllowOnce,
        { KeyChar: 'a' or 'A' } => ApprovalAnswer.AllowAlways,
        { KeyChar: 'n' or 'N' } or { Key: ConsoleKey.Escape } => ApprovalAnswer.Deny,
        _ => null,
    };

    // All of it, as what is left out could be what matters; only what nobody would read to its end is cut.
    private static string Whole(string text) =>
        text.Length <= MaxShownLength ? text : $"{text[..MaxShownLength]}\n[... {text.Length - MaxShownLength} more characters are not shown]";

    private void Show(ApprovalRequest request)
    {
        screen.Tell(screen.Paint.Notice($"The agent wants to call {PlainText.Of(request.Call.Tool.Name)}:"));
        foreach (var (name, value) in request.Call.Arguments)
        {
            screen.Tell($"    {screen.Paint.Dim(PlainText.Of(name) + ":")} {Whole(PlainText.Of(value?.ToString() ?? "null")).ReplaceLineEndings("\n      ")}");
        }

        foreach (var reason in request.Reasons)
        {
            screen.Tell($"  {screen.Paint.Bad("!")} {PlainText.Of(reason)}");
        }

        screen.Tell($"  Allow it? {screen.Paint.Bold("y")}es, {screen.Paint.Bold("n")}o, {screen.Paint.Bold("a")}lways in this session ({PlainText.Of(request.AlwaysMeans)})");
    }
}
