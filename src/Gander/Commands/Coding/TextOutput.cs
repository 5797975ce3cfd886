using System.Text;
using Gander.Agent.Loop;
using Gander.Commands.Chat;

namespace Gander.Commands.Coding;

/// <summary>For people: the answer as it comes, and beside it, on standard error, what the agent does.</summary>
internal sealed class TextOutput(Terminal terminal, bool isQuiet, bool isDebug) : RunOutput
{
    private const int MaxShownLines = 12;
    private const int MaxShownLength = 200;
    private bool _isMidLine;

    public override void Begin(AgentHost host) =>
        Tell($"{(host.IsResumed ? "resumed" : "new")} session {host.Session.Id} · {host.Session.Model.Provider} {PlainText.Of(host.Session.Model.Model)} · {PlainText.Of(host.Session.Options.WorkingDirectory)}");

    public override void Show(AgentEvent happened)
    {
        switch (happened)
        {
            case AgentEvent.TextDelta { Text: var text }:
                var plain = PlainText.Of(text);
                terminal.Output.Write(plain);
                terminal.Output.Flush();
                _isMidLine = !plain.EndsWith('\n');
                break;
            case AgentEvent.MessageAdded:
                EndLine();
                break;
            case AgentEvent.ToolCallStarted { Name: var name, Arguments: var arguments }:
                Tell($"▸ {PlainText.Of(name)}{Shown(arguments)}");
                break;
            case AgentEvent.ToolCallEnded { Name: var name, Result: var result, Duration: var duration }:
                Tell(Answer(name, result, duration));
                break;
            case AgentEvent.Retrying { Attempt: var attempt, MaxAttempts: var most, Delay: var delay, Error: var error }:
                Tell($"{PlainText.Of(error.Message)} Trying again in {delay.TotalSeconds:0.#} s ({attempt} of {most}).");
                break;
            case AgentEvent.CompactionStarted:
                Tell("The conversation comes near the model's limit and is being summed up.");
                break;
        }
    }

    public override void End(AgentHost host, TurnOutcome outcome)
    {
        EndLine();
        if (outcome.Status == TurnStatus.StepLimit)
        {
            terminal.Output.WriteLine(outcome.Message);
        }
        else if (outcome.Message is { } message)
        {
            terminal.Error.WriteLine($"error: {PlainText.Of(message)}");
        }
    }

    private string Shown(IReadOnlyDictionary<string, object?>? arguments)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in arguments ?? new Dictionary<string, object?>())
        {
            text.Append("\n    ").Append(PlainText.Of(name)).Append(": ").Append(Line(value?.ToString() ?? "null"));
        }

        return text.ToString();
    }

    private string Line(string text)
    {
        var plain = PlainText.Of(text);
        return isDebug ? plain : plain.Length <= MaxShownLength ? plain.ReplaceLineEndings("⏎") : plain[..MaxShownLength].ReplaceLineEndings("⏎") + "…";
    }

    private string Answer(string name, ToolResult result, TimeSpan duration)
    {
        var lines = PlainText.Of(result.Text).TrimEnd().Split('\n');
        var shown = isDebug ? lines : [.. lines.Take(MaxShownLines).Select(line => line.Length <= MaxShownLength ? line : line[..MaxShownLength] + "…")];
        var text = new StringBuilder();
        foreach (var line in shown)
        {
            text.Append("    ").Append(line).Append('\n');
        }

        if (shown.Length < lines.Length)
        {
            text.Append("    … ").Append(lines.Length - shown.Length).Append(" more lines\n");
        }

        return text.Append(result.IsError ? "  ✗ " : "  ✓ ").Append(PlainText.Of(name)).Append(System.Globalization.CultureInfo.InvariantCulture, $" {duration.TotalSeconds:0.0} s").ToString();
    }

    private void Tell(string line)
    {
        if (!isQuiet)
        {
            EndLine();
            terminal.Error.WriteLine(line);
        }
    }

    private void EndLine()
    {
        if (_isMidLine)
        {
            terminal.Output.WriteLine();
            terminal.Output.Flush();
            _isMidLine = false;
        }
    }
}
