using System.Globalization;
using System.Text;
using Gander.Agent.Loop;

namespace Gander.Commands.Chat;

/// <summary>Shows a conversation: answers as they come, tools as they run, and how turns ended. What others wrote never steers the terminal.</summary>
internal sealed class ChatScreen(TextWriter output, ChatPaint paint)
{
    private const int MaxShownLines = 10;
    private const int MaxLineLength = 160;

    private readonly MarkdownStream _answer = new(output, paint);
    private bool _isReasoning;

    /// <summary>Whether answers of tools are shown whole.</summary>
    public bool ShowsAll { get; set; }

    /// <summary>The colours.</summary>
    public ChatPaint Paint => paint;

    /// <summary>Writes a line of the program's own.</summary>
    public void Tell(string line)
    {
        EndAnswer();
        output.WriteLine(line);
        output.Flush();
    }

    /// <summary>Shows what happened.</summary>
    public void Show(AgentEvent happened)
    {
        switch (happened)
        {
            case AgentEvent.TextDelta { Text: var text }:
                EndReasoning();
                _answer.Write(text);
                break;
            case AgentEvent.ReasoningDelta { Text: var text }:
                _isReasoning = true;
                output.Write(paint.Dim(PlainText.Of(text)));
                output.Flush();
                break;
            case AgentEvent.MessageAdded:
                EndAnswer();
                break;
            case AgentEvent.ToolCallStarted { Name: var name, Arguments: var arguments }:
                Tell($"{paint.Notice("▸")} {paint.Bold(PlainText.Of(name))}{Arguments(arguments)}");
                break;
            case AgentEvent.ToolCallEnded { Name: var name, Result: var result, Duration: var duration }:
                Tell(Result(name, result, duration));
                break;
            case AgentEvent.Retrying { Attempt: var attempt, MaxAttempts: var most, Delay: var delay, Error: var error }:
                Tell(paint.Notice(Invariant($"{PlainText.Of(error.Message)} Trying again in {delay.TotalSeconds:0.#} s ({attempt} of {most}).")));
                break;
            case AgentEvent.CompactionStarted:
                Tell(paint.Dim("The conversation is being summed up."));
                break;
            case AgentEvent.CompactionEnded { MessagesReplaced: var count }:
                Tell(paint.Dim(Invariant($"A summary stands for {count} messages now.")));
                break;
            case AgentEvent.TurnEnded { Outcome: var outcome }:
                End(outcome);
                break;
        }
    }

    private void End(TurnOutcome outcome)
    {
        EndAnswer();
        switch (outcome.Status)
        {
            case TurnStatus.Interrupted:
                Tell(paint.Notice("Interrupted. Say how to go on."));
                break;
            case TurnStatus.StepLimit:
                Tell(paint.Notice(PlainText.Of(outcome.Message ?? "")));
                break;
            case TurnStatus.Failed or TurnStatus.ApprovalRequired:
                Tell(paint.Bad("error: " + PlainText.Of(outcome.Message ?? "")));
                break;
        }
    }

    private string Arguments(IReadOnlyDictionary<string, object?>? arguments)
    {
        // The command of a shell says all; names of arguments would only be in its way.
        if (arguments is { Count: 1 } && arguments.Values.First() is { } only)
        {
            return " " + Line(only.ToString() ?? "");
        }

        var text = new StringBuilder();
        foreach (var (name, value) in arguments ?? new Dictionary<string, object?>())
        {
            text.Append("\n    ").Append(paint.Dim(PlainText.Of(name) + ":")).Append(' ').Append(Line(value?.ToString() ?? "null"));
        }

        return text.ToString();
    }

    private string Line(string text)
    {
        var plain = PlainText.Of(text);
        if (ShowsAll)
        {
            return plain;
        }

        var line = plain.ReplaceLineEndings("⏎");
        return line.Length <= MaxLineLength ? line : line[..MaxLineLength] + "…";
    }

    private string Result(string name, ToolResult result, TimeSpan duration)
    {
        var lines = PlainText.Of(result.Text).TrimEnd().Split('\n');
        var shown = ShowsAll ? lines : [.. lines.Take(MaxShownLines).Select(line => line.Length <= MaxLineLength ? line : line[..MaxLineLength] + "…")];
        var text = new StringBuilder();
        foreach (var line in shown.Where(line => lines.Length > 1 || line.Length > 0))
        {
            text.Append("    ").Append(paint.Dim(line)).Append('\n');
        }

        if (shown.Length < lines.Length)
        {
            text.Append("    ").Append(paint.Dim(Invariant($"… {lines.Length - shown.Length} more lines (/r shows all)"))).Append('\n');
        }

        return text.Append(result.IsError ? paint.Bad("  ✗") : paint.Good("  ✓"))
            .Append(CultureInfo.InvariantCulture, $" {PlainText.Of(name)} {paint.Dim(Invariant($"{duration.TotalSeconds:0.0} s"))}").ToString();
    }

    private void EndAnswer()
    {
        EndReasoning();
        _answer.End();
    }

    private void EndReasoning()
    {
        if (_isReasoning)
        {
            _isReasoning = false;
            output.Write("\n");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
