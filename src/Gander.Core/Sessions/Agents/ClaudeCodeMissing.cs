using System.Globalization;
using Gander.Sessions.Calls;
using Gander.Sessions.Facts;

namespace Gander.Sessions.Agents;

/// <summary>What a session of Claude Code cannot show.</summary>
internal static class ClaudeCodeMissing
{
    /// <summary>All that is missing, the most important first.</summary>
    public static IEnumerable<MissingPart> Of(SessionShape shape, SessionEvidence evidence)
    {
        var (hasSpans, hasLogs, hasMetrics) = (evidence.Trees.Count > 0, evidence.Notes.Count > 0, evidence.Points.Count > 0);
        var steps = shape.Turns.SelectMany(turn => turn.Steps).ToList();
        if (!hasSpans && !hasLogs)
        {
            yield return new MissingPart("turns, model calls and tool calls", "only metrics of this session arrived", "OTEL_LOGS_EXPORTER=otlp");
            yield break;
        }

        if (!hasLogs)
        {
            yield return new MissingPart("cost by call, cache lifetimes and decisions", "no log records of this session arrived", "OTEL_LOGS_EXPORTER=otlp");
        }

        if (!hasMetrics)
        {
            yield return new MissingPart("lines, commits, pull requests and active time", "no metrics of this session arrived", "OTEL_METRICS_EXPORTER=otlp");
        }

        if (!hasSpans)
        {
            yield return new MissingPart("attempts and waiting time", "no spans of this session arrived", "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1 OTEL_TRACES_EXPORTER=otlp");
        }

        if (steps.Exists(step => step is { Kind: StepKind.Tool, Name: "mcp_tool" }))
        {
            yield return new MissingPart("names of MCP tools", "tool details are not logged", "OTEL_LOG_TOOL_DETAILS=1");
        }

        if (!shape.HasContent)
        {
            yield return new MissingPart("prompts and answers", "the texts are redacted", "OTEL_LOG_USER_PROMPTS=1");
        }

        if (WasRefused(evidence))
        {
            yield return new MissingPart("attempts", "Claude Code repeats requests that were refused (HTTP 4xx) without telling", null);
        }

        if (evidence.Session.MissingSequences is > 0 and var gaps)
        {
            yield return new MissingPart(
                "log records", string.Create(CultureInfo.InvariantCulture, $"{gaps} of its numbered events did not arrive"), null);
        }
    }

    private static bool WasRefused(SessionEvidence evidence) =>
        evidence.Notes.Any(note => note.Kind == LogFactKind.ModelFailure && note.Call is { StatusCode: >= 400 and < 500 })
        || evidence.HasSpan(static span => span.Role == SpanRole.Model && span.Call is { StatusCode: >= 400 and < 500 });
}
