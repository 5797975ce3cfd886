using System.Text.Json;
using Gander.Sessions.Facts;

namespace Gander.Sessions.Agents;

/// <summary>Reads the tool calls of one goose turn: from their spans, and where goose makes none, from its logs and events.</summary>
/// <param name="facts">The turn.</param>
/// <param name="calls">Its model calls, earliest first: tools run between them.</param>
/// <param name="loopEndNanos">The end of the loop, or null when it goes on.</param>
/// <param name="interrupted">Whether a person stopped the turn.</param>
internal sealed class GooseTools(TurnFacts facts, List<ModelCall> calls, long? loopEndNanos, bool interrupted)
{
    private const string NotParsed = "unknown";

    /// <summary>Adds a step for each tool call.</summary>
    public void AddTo(List<Step> steps)
    {
        var spans = new List<int>();
        foreach (var index in facts.Spans)
        {
            if (facts[index].Role is SpanRole.Dispatch or SpanRole.Tool && !IsInsideTool(index))
            {
                spans.Add(index);
            }
        }

        var failures = FailuresFromLogs(spans);
        foreach (var index in spans)
        {
            steps.Add(StepOf(index, failures.Contains(index), spans));
        }

        AddRejected(steps);
    }

    private bool IsInsideTool(int index)
    {
        var up = facts.Tree.ParentOf(index);
        return up >= 0 && facts[up].Role is SpanRole.Dispatch or SpanRole.Tool && facts.Tree.SessionOf(up) == facts.Tree.SessionOf(index);
    }

    private Step StepOf(int index, bool failedInLogs, List<int> spans)
    {
        ref readonly var span = ref facts[index];
        var (from, to) = Round(span.StartNanos);
        var status = StatusOf(span, failedInLogs, isLastRound: to == long.MaxValue);
        var whole = span.Role == SpanRole.Tool || span.Has(SpanTraits.WholeCall) || status == StepStatus.Denied;
        var end = whole ? span.EndNanos : LoggedEnd(index, spans, from, to) ?? (to == long.MaxValue ? loopEndNanos : to);
        return new Step
        {
            Kind = StepKind.Tool,
            Name = span.Tool.Length > 0 ? span.Tool : NotParsed,
            StartNanos = span.StartNanos,
            DurationNanos = end is { } known ? Math.Max(0, known - span.StartNanos) : null,
            DurationProvenance = whole ? DurationProvenance.Span : end is null ? DurationProvenance.Unknown : DurationProvenance.Derived,
            Status = status,
            Error = status is StepStatus.Error or StepStatus.Denied ? ErrorOf(span) : null,
            Input = facts.Texts?.Of(span, "gen_ai.tool.call.arguments") ?? facts.Texts?.Of(span, "input"),
            Output = facts.Texts?.Of(span, "gen_ai.tool.call.result") ?? facts.Texts?.Of(span, "output"),
            TraceId = span.Trace,
            SpanId = span.Span,
        };
    }

    private StepStatus StatusOf(in SpanFacts span, bool failedInLogs, bool isLastRound)
    {
        if (span.ErrorType.Length > 0)
        {
            return span.ErrorType.Contains("denied", StringComparison.Ordinal) ? StepStatus.Denied : StepStatus.Error;
        }

        if (span.Has(SpanTraits.OutputSaysError) || span.Status == 2 || failedInLogs)
        {
            return interrupted && isLastRound ? StepStatus.Interrupted : StepStatus.Error;
        }

        if (interrupted && isLastRound)
        {
            return StepStatus.Interrupted;
        }

        // The state machine names the error of each failed tool, but not that of arguments it could not read.
        if (span.Role == SpanRole.Tool)
        {
            return span.Tool is NotParsed or "" ? StepStatus.Error : StepStatus.Ok;
        }

        return span.Has(SpanTraits.OutputSaysOk) || (span.Has(SpanTraits.WholeCall) && span.Has(SpanTraits.SpeaksGenAi)) ? StepStatus.Ok : StepStatus.Unknown;
    }

    // The stretch between the model call that asked for a tool and the next one.
    private (long From, long To) Round(long time)
    {
        var (from, to) = (long.MinValue, long.MaxValue);
        foreach (var call in calls)
        {
            if (call.StartNanos <= time)
            {
                from = call.StartNanos;
            }
            else
            {
                to = call.StartNanos;
                break;
            }
        }

        return (from, to);
    }

    // goose logs start and end of a call with the tool's name alone, so this tells only where one call of that name ran.
    private long? LoggedEnd(int index, List<int> spans, long from, long to)
    {
        var name = facts[index].Tool;
        var same = spans.Count(other => facts[other].Tool == name && facts[other].StartNanos >= from && facts[other].StartNanos < to);
        var ends = ToolEnds(name, from, to);
        return same == 1 && ends.Count == 1 ? ends[0].TimeNanos : null;
    }

    private List<LogFacts> ToolEnds(string tool, long from, long to) =>
        [.. facts.ToolNotes.Where(note => note.Kind == LogFactKind.ToolCompleted && note.Tool == tool && note.TimeNanos >= from && note.TimeNanos < to)];

    // A tool that failed in the protocol shows in no span, only as a failed completion of that name.
    private HashSet<int> FailuresFromLogs(List<int> spans)
    {
        var failed = new HashSet<int>();
        if (!facts.ToolNotes.Any(note => note is { Kind: LogFactKind.ToolCompleted, Failed: true }))
        {
            return failed;
        }

        foreach (var round in spans.GroupBy(index => (facts[index].Tool, Round: Round(facts[index].StartNanos))))
        {
            var ends = ToolEnds(round.Key.Tool, round.Key.Round.From, round.Key.Round.To);
            var same = round.ToList();
            var told = same.Count(index => StatusOf(facts[index], false, false) is StepStatus.Error or StepStatus.Denied);
            var untold = ends.Count(end => end.Failed) - told;
            if (untold <= 0)
            {
                continue;
            }

            // Completions carry no id. As many as calls: they are taken to come in the order of the calls.
            var candidates = same.Where(index => StatusOf(facts[index], false, false) == StepStatus.Unknown);
            failed.UnionWith(ends.Count == same.Count
                ? candidates.Where(index => ends[same.IndexOf(index)].Failed)
                : candidates.Take(untold));
        }

        return failed;
    }

    // Never offered, or not understandable: such a call is told by an event and a log record, and events may be dropped.
    private void AddRejected(List<Step> steps)
    {
        if (facts.Spans.Any(index => facts[index].Role == SpanRole.Tool))
        {
            return;
        }

        var events = facts.Notes.Where(note => note is { Kind: LogFactKind.ToolRejected, IsEvent: true }).ToList();
        var logs = facts.Notes.Where(note => note is { Kind: LogFactKind.ToolRejected, IsEvent: false }).ToList();
        var rejected = events.Count >= logs.Count ? events : logs;
        if (rejected.Count == 0)
        {
            rejected = [.. facts.ToolNotes.Where(note => note is { Kind: LogFactKind.ToolCompleted, Failed: true, Tool: NotParsed })];
        }

        foreach (var note in rejected)
        {
            steps.Add(new Step
            {
                Kind = StepKind.Tool,
                Name = note.Tool.Length > 0 ? note.Tool : NotParsed,
                StartNanos = note.TimeNanos,
                DurationNanos = 0,
                DurationProvenance = DurationProvenance.Derived,
                Status = StepStatus.Error,
                Error = note.Kind == LogFactKind.ToolRejected ? facts.Texts?.Of(note) : null,
                TraceId = note.Trace,
                SpanId = note.Span,
            });
        }
    }

    private string? ErrorOf(in SpanFacts span)
    {
        if (facts.Texts is not { } texts)
        {
            return null;
        }

        return OutputError(texts.Of(span, "output"))
            ?? texts.OfEvents(span, "reason")
            ?? (span.ErrorType.Length > 0 ? span.ErrorType : "The tool failed in its protocol; goose counted the call as an error.");
    }

    // {"status":"error","error":"text"} or {"status":"error","value":{"content":[{"text":"…"}]}}
    private static string? OutputError(string? output)
    {
        if (output is null || !output.StartsWith("{\"status\":\"error\"", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(output);
            if (json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String)
            {
                return error.GetString();
            }

            return json.RootElement.TryGetProperty("value", out var value) && value.TryGetProperty("content", out var content)
                && content.ValueKind == JsonValueKind.Array && content.GetArrayLength() > 0 && content[0].TryGetProperty("text", out var text)
                ? text.GetString()
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
