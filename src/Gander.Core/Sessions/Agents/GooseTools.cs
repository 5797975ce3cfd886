using System.Text.Json;
using Gander.Sessions.Facts;

namespace Gander.Sessions.Agents;

/// <summary>Reads the tool calls of one goose turn: from their spans, and where goose makes none, from its logs and events.</summary>
/// <param name="facts">The turn.</param>
/// <param name="clock">Its rounds: tools run between model calls.</param>
/// <param name="loopEndNanos">The end of the loop, or null when it goes on.</param>
/// <param name="interrupted">Whether a person stopped the turn.</param>
internal sealed class GooseTools(TurnFacts facts, TurnClock clock, long? loopEndNanos, bool interrupted)
{
    private const string NotParsed = "unknown";

    // Calls and logged ends of each tool in each round, which is named by its start.
    private readonly Dictionary<(string Tool, long Round), List<int>> _calls = [];
    private readonly Dictionary<(string Tool, long Round), List<LogFacts>> _ends = [];

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

        foreach (var index in spans)
        {
            Group(_calls, facts[index].Tool, facts[index].StartNanos).Add(index);
        }

        foreach (var note in facts.ToolNotes.Where(note => note.Kind == LogFactKind.ToolCompleted))
        {
            Group(_ends, note.Tool, note.TimeNanos).Add(note);
        }

        var failures = FailuresFromLogs();
        foreach (var index in spans)
        {
            steps.Add(StepOf(index, failures.Contains(index)));
        }

        AddRejected(steps);
    }

    private List<T> Group<T>(Dictionary<(string Tool, long Round), List<T>> groups, string tool, long time)
    {
        var key = (tool, clock.Round(time).From);
        if (!groups.TryGetValue(key, out var group))
        {
            group = [];
            groups.Add(key, group);
        }

        return group;
    }

    private bool IsInsideTool(int index)
    {
        var up = facts.Tree.ParentOf(index);
        return up >= 0 && facts[up].Role is SpanRole.Dispatch or SpanRole.Tool && facts.Tree.SessionOf(up) == facts.Tree.SessionOf(index);
    }

    private Step StepOf(int index, bool failedInLogs)
    {
        var span = facts[index];
        var (from, to) = clock.Round(span.StartNanos);
        var status = StatusOf(span, failedInLogs, isLastRound: to == long.MaxValue);
        var whole = span.Role == SpanRole.Tool || span.Has(SpanTraits.WholeCall) || status == StepStatus.Denied;
        var end = whole ? span.EndNanos : LoggedEnd(span.Tool, from) ?? (to == long.MaxValue ? loopEndNanos : to);
        return new Step
        {
            Kind = StepKind.Tool,
            Name = span.Tool.Length > 0 ? span.Tool : NotParsed,
            StartNanos = span.StartNanos,
            DurationNanos = end is { } known ? Math.Max(0, known - span.StartNanos) : null,
            DurationProvenance = whole ? DurationProvenance.Span : end is null ? DurationProvenance.Unknown : DurationProvenance.Derived,
            Status = status,
            Sources = failedInLogs ? new FigureSources(default, default, default, FigureSource.Log) : FigureSources.OfSpans(hasTokens: false, status),
            Error = status is StepStatus.Error or StepStatus.Denied ? ErrorOf(span) : null,
            Input = facts.Texts?.Of(span, "gen_ai.tool.call.arguments") ?? facts.Texts?.Of(span, "input"),
            Output = facts.Texts?.Of(span, "gen_ai.tool.call.result") ?? facts.Texts?.Of(span, "output"),
            TraceId = span.Trace,
            SpanId = span.Span,
        };
    }

    private StepStatus StatusOf(SpanFacts span, bool failedInLogs, bool isLastRound)
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

    // goose logs start and end of a call with the tool's name alone, so this tells only where one call of that name ran.
    private long? LoggedEnd(string tool, long round) =>
        _ends.TryGetValue((tool, round), out var ends) && ends.Count == 1 && _calls[(tool, round)].Count == 1 ? ends[0].TimeNanos : null;

    // A tool that failed in the protocol shows in no span, only as a failed completion of that name.
    private HashSet<int> FailuresFromLogs()
    {
        var failed = new HashSet<int>();
        foreach (var (round, ends) in _ends)
        {
            if (!ends.Exists(end => end.Failed) || !_calls.TryGetValue(round, out var calls))
            {
                continue;
            }

            var statuses = calls.ConvertAll(index => StatusOf(facts[index], false, false));
            var untold = ends.Count(end => end.Failed) - statuses.Count(status => status is StepStatus.Error or StepStatus.Denied);
            for (var i = 0; i < calls.Count && untold > 0; i++)
            {
                // Completions carry no id. As many as calls: they are taken to come in the order of the calls.
                if (statuses[i] == StepStatus.Unknown && (ends.Count != calls.Count || ends[i].Failed))
                {
                    failed.Add(calls[i]);
                    untold--;
                }
            }
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
                Sources = new FigureSources(default, default, default, FigureSource.Log),
                Error = note.Kind == LogFactKind.ToolRejected ? facts.Texts?.Of(note) : null,
                TraceId = note.Trace,
                SpanId = note.Span,
            });
        }
    }

    private string? ErrorOf(SpanFacts span)
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
