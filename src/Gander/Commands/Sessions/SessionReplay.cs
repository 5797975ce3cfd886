using System.Globalization;
using System.Text.Json;
using Gander.Commands.Queries;
using Gander.Web;
using Spectre.Console;

namespace Gander.Commands.Sessions;

/// <summary>A session as text: its figures, and turn by turn what was asked, what the agent did and what it answered.</summary>
/// <param name="console">Where to.</param>
internal sealed class SessionReplay(IAnsiConsole console)
{
    private const int MaxLines = 12;
    private const int MaxError = 240;
    private const string Indent = "           ";

    /// <summary>Prints a session as the API gives it.</summary>
    public void Show(JsonElement session)
    {
        ShowHead(session);
        foreach (var turn in session.Items("turns"))
        {
            ShowTurn(turn);
        }

        foreach (var part in session.Items("missing"))
        {
            Line(("missing    ", SessionStyles.Faint), ($"{part.Text("what")}: {part.Text("why")}", null));
            if (part.Text("fix") is { } fix)
            {
                Line((Indent, null), (fix, SessionStyles.Strong));
            }
        }
    }

    private void ShowHead(JsonElement session)
    {
        var status = session.Text("status") ?? "unknown";
        Line((FirstLine(session.Text("title") ?? session.Text("id") ?? "no title"), SessionStyles.Strong), ("  ", null), (status, SessionStyles.OfStatus(status)));
        Line((string.Join(" · ", new[]
        {
            $"{session.Text("agent")} {session.Text("agentVersion")}".TrimEnd(), session.Text("user"), session.Text("host"), session.Text("team"),
            $"{session.Moment("start")} UTC", Figures.Duration(session.Nanos("durationMs")),
        }.Where(part => !string.IsNullOrEmpty(part))), SessionStyles.Faint));
        Line((string.Join(" · ", Sums(session)), null));
        Line((session.Text("key") ?? "", SessionStyles.Faint));
        console.WriteLine();
    }

    private static IEnumerable<string> Sums(JsonElement session)
    {
        yield return Figures.Exact(session.Whole("turnCount"), "turn");
        yield return Figures.Exact(session.Whole("modelCalls"), "model call") + Failed(session.Whole("modelErrors"));
        var unknown = session.TryGetProperty("toolFailuresKnown", out var known) && known.ValueKind == JsonValueKind.False && session.Whole("toolCalls") > 0;
        yield return Figures.Exact(session.Whole("toolCalls"), "tool call") + Failed(session.Whole("toolFailures")) + (unknown ? " (not all outcomes are known)" : "");
        if (session.TryGetProperty("tokens", out var tokens) && tokens.Whole("total") > 0)
        {
            yield return $"{Figures.Count(tokens.Whole("input"))} input tokens ({Figures.Count(tokens.Whole("cacheRead"))} cached), {Figures.Count(tokens.Whole("output"))} output";
        }

        if (session.TryGetProperty("cost", out var cost))
        {
            yield return cost.Number("usd") is { } usd ? $"{Figures.Money(usd)} {cost.Text("provenance")}" : "cost unknown";
        }
    }

    private static string Failed(long count) => count > 0 ? $" ({Figures.Exact(count)} failed)" : "";

    private void ShowTurn(JsonElement turn)
    {
        var status = turn.Text("status") ?? "unknown";
        Line(($"Turn {turn.Whole("index") + 1}", SessionStyles.Strong), ($"  {turn.Moment("start")}  {Figures.Duration(turn.Nanos("durationMs"))}  ", SessionStyles.Faint), (status, SessionStyles.OfStatus(status)));
        Block("you", turn.Text("prompt"), null);
        foreach (var step in turn.Items("steps"))
        {
            ShowStep(step);
        }

        Block("failed", turn.Text("error"), SessionStyles.Bad);
        Block("answer", turn.Text("answer"), null);
        console.WriteLine();
    }

    private void ShowStep(JsonElement step)
    {
        var (kind, status) = (step.Text("kind") ?? "other", step.Text("status") ?? "unknown");
        var derived = step.Text("durationProvenance") == "derived" ? "≈ " : "";
        var figures = new List<string> { derived + Figures.Duration(step.Nanos("durationMs")) };
        if (step.Nanos("firstByteMs") is { } firstByte)
        {
            figures.Add($"first byte {Figures.Duration(firstByte)}");
        }

        if (step.TryGetProperty("tokens", out var tokens) && tokens.ValueKind == JsonValueKind.Object)
        {
            figures.Add($"{Figures.Count(tokens.Whole("input"))} → {Figures.Count(tokens.Whole("output"))} tok");
        }

        var server = step.Text("mcpServer") is { } mcp ? $"{mcp}: " : "";
        var shown = status == "unknown" ? "outcome unknown" : status;
        Line(
            ($"  {step.Moment("start")[^8..]} ", SessionStyles.Faint),
            ($"{Sign(kind)} {server}{step.Text("name")}", kind == "model" ? SessionStyles.Model : SessionStyles.Tool),
            ($"  {string.Join("  ", figures)}  ", SessionStyles.Faint),
            (kind == "model" && status == "ok" ? "" : shown, SessionStyles.OfStatus(status)));
        if (step.Text("error") is { Length: > 0 } error)
        {
            Line((Indent, null), (error.Length > MaxError ? error[..MaxError] + "…" : error, SessionStyles.Bad));
        }

        if (step.Text("sessionKey") is { } subagent)
        {
            Line((Indent, null), ($"gander session {subagent}", SessionStyles.Faint));
        }
    }

    private void Block(string name, string? text, Style? style)
    {
        if (text is null)
        {
            return;
        }

        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < Math.Min(lines.Length, MaxLines); i++)
        {
            Line((i == 0 ? $"  {name,-8} " : Indent, SessionStyles.Faint), (lines[i], style));
        }

        if (lines.Length > MaxLines)
        {
            Line((Indent, null), ($"… {(lines.Length - MaxLines).ToString(CultureInfo.InvariantCulture)} lines more", SessionStyles.Faint));
        }
    }

    private static string Sign(string kind) => kind switch
    {
        "model" => "◆",
        "tool" => "▸",
        "subagent" => "▹",
        "wait" => "…",
        _ => "·",
    };

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0];

    // Text and never markup, and no control character: all of it comes from telemetry.
    private void Line(params ReadOnlySpan<(string Text, Style? Style)> parts)
    {
        var line = new Paragraph();
        foreach (var (text, style) in parts)
        {
            line.Append(ShownText.Of(text), style);
        }

        console.Write(line);
        console.WriteLine();
    }
}
