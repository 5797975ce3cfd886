using Gander.Sessions.Agents;
using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>
/// Makes one step of each model call of a turn, however often it was seen. A span and a log record are the same call when
/// both name the same request; where one of them names none, when they are of one model and end nearest to each other. Of
/// those that may be meant the nearest few are compared, so that a turn of very many calls stays quick. A record that the
/// answer began belongs to the next record of an answer.
/// </summary>
internal static class ModelCalls
{
    // Agents write the record when the answer was read, a little before or after the span ends.
    private const long Near = 2_000_000_000;
    private const int MaxCompared = 16;

    private static readonly List<Sighting> None = [];

    /// <summary>Adds the steps, in no order.</summary>
    public static void AddSteps(List<Step> steps, List<Sighting> sightings, CallDialect dialect, SessionEvidence evidence)
    {
        var spans = sightings.FindAll(static sighting => sighting.Span is { Role: SpanRole.Model });
        var logs = sightings.FindAll(static sighting => sighting.LogKind is LogFactKind.ModelCall or LogFactKind.ModelFailure);
        var answers = new Dictionary<string, Sighting>(StringComparer.Ordinal);
        foreach (var answer in sightings)
        {
            if (answer.LogKind == LogFactKind.Answer && answer.Call.RequestId.Length > 0)
            {
                answers.TryAdd(answer.Call.RequestId, answer);
            }
        }

        var starts = Starts(sightings, logs);
        var parts = sightings.FindAll(static sighting => sighting.Span is { Role: SpanRole.ModelPart }).OrderBy(part => part.StartNanos).ToArray();
        var partStarts = Array.ConvertAll(parts, static part => part.StartNanos);
        var attempts = sightings.FindAll(static sighting => sighting.Span is { Role: SpanRole.Attempt });
        var tries = attempts.Count == 0 ? null : attempts.CountBy(static attempt => (attempt.Span!.Trace, attempt.Span.Parent)).ToDictionary();
        foreach (var (span, log) in Match(spans, logs))
        {
            var step = StepOf(span, log, log is null ? null : starts.GetValueOrDefault(log), PartsOf(span, parts, partStarts), answers, dialect, evidence);
            steps.Add(tries is not null && tries.TryGetValue((step.TraceId, step.SpanId), out var count) ? step with { Attempts = count } : step);
        }
    }

    // The start of each answer: the last one before its end that no other answer took. Starts that no answer followed are
    // added to the records: of these calls nobody knows the end.
    private static Dictionary<Sighting, Sighting> Starts(List<Sighting> sightings, List<Sighting> logs)
    {
        var found = new Dictionary<Sighting, Sighting>();
        if (!sightings.Exists(static sighting => sighting.LogKind == LogFactKind.ModelStart))
        {
            return found;
        }

        var open = new Stack<Sighting>();
        foreach (var sighting in sightings
            .Where(sighting => sighting.LogKind is LogFactKind.ModelStart or LogFactKind.ModelCall)
            .OrderBy(sighting => (sighting.EndNanos, sighting.LogKind == LogFactKind.ModelCall)))
        {
            if (sighting.LogKind == LogFactKind.ModelStart)
            {
                open.Push(sighting);
            }
            else if (open.TryPop(out var start))
            {
                found.Add(sighting, start);
            }
        }

        logs.AddRange(open);
        return found;
    }

    private static List<Sighting> PartsOf(Sighting? span, Sighting[] parts, long[] starts)
    {
        if (span is null || parts.Length == 0)
        {
            return None;
        }

        var found = new List<Sighting>();

        var place = Array.BinarySearch(starts, span.StartNanos - 1);
        for (var i = place < 0 ? ~place : place; i < parts.Length && starts[i] <= span.EndNanos && found.Count < MaxCompared; i++)
        {
            if (parts[i].TraceId == span.TraceId && parts[i].StartNanos >= span.StartNanos && parts[i].EndNanos <= span.EndNanos)
            {
                found.Add(parts[i]);
            }
        }

        return found;
    }

    private static List<(Sighting? Span, Sighting? Log)> Match(List<Sighting> spans, List<Sighting> logs)
    {
        if (spans.Count == 0 || logs.Count == 0)
        {
            return logs.Count == 0 ? spans.ConvertAll(span => ((Sighting?)span, (Sighting?)null)) : logs.ConvertAll(log => ((Sighting?)null, (Sighting?)log));
        }

        var pairs = Candidates(spans, logs);
        pairs.Sort();
        var (spanOf, taken) = (new Dictionary<int, int>(), new HashSet<int>());
        foreach (var (_, _, span, log) in pairs)
        {
            if (!taken.Contains(span) && spanOf.TryAdd(log, span))
            {
                taken.Add(span);
            }
        }

        var calls = new List<(Sighting?, Sighting?)>();
        calls.AddRange(logs.Select((log, index) => (spanOf.TryGetValue(index, out var span) ? spans[span] : null, (Sighting?)log)));
        calls.AddRange(spans.Where((_, index) => !taken.Contains(index)).Select(span => ((Sighting?)span, (Sighting?)null)));
        return calls;
    }

    private static List<(bool NotById, long Distance, int Span, int Log)> Candidates(List<Sighting> spans, List<Sighting> logs)
    {
        var pairs = new List<(bool, long, int, int)>();
        var byEnd = Enumerable.Range(0, spans.Count).OrderBy(index => spans[index].EndNanos).ToArray();
        var ends = Array.ConvertAll(byEnd, index => spans[index].EndNanos);
        var byRequest = byEnd.Where(index => spans[index].Call.RequestId.Length > 0).ToLookup(index => spans[index].Call.RequestId, StringComparer.Ordinal);
        for (var log = 0; log < logs.Count; log++)
        {
            var (end, call) = (logs[log].EndNanos, logs[log].Call);
            if (call.RequestId.Length > 0)
            {
                pairs.AddRange(byRequest[call.RequestId].Take(MaxCompared).Select(span => (false, Math.Abs(spans[span].EndNanos - end), span, log)));
            }

            var place = Array.BinarySearch(ends, end);
            place = place < 0 ? ~place : place;
            for (var i = Math.Max(0, place - MaxCompared); i < Math.Min(ends.Length, place + MaxCompared); i++)
            {
                var other = spans[byEnd[i]].Call;
                if (Math.Abs(ends[i] - end) <= Near && (other.RequestId.Length == 0 || call.RequestId.Length == 0) && Agree(other, call))
                {
                    pairs.Add((true, Math.Abs(ends[i] - end), byEnd[i], log));
                }
            }
        }

        return pairs;
    }

    private static bool Agree(CallFacts left, CallFacts right) =>
        (left.Model == right.Model || left.Model.Length == 0 || right.Model.Length == 0)
        && (left.Output == right.Output || left.Output < 0 || right.Output < 0);

    private static Step StepOf(
        Sighting? span, Sighting? log, Sighting? start, List<Sighting> parts, Dictionary<string, Sighting> answers, CallDialect dialect, SessionEvidence evidence)
    {
        var texts = evidence.Texts;
        var first = (log ?? span)!;
        Sighting[] both = log is null ? [span!, .. parts] : span is null ? [log] : [log, span, .. parts];
        var told = Array.Find(both, static sighting => sighting.Call.HasTokens);
        var paid = Array.Find(both, static sighting => sighting.Call.CostUsd is not null);
        var judged = Array.Find(both, static sighting => sighting is { Failed: not null, Span: not { Role: SpanRole.ModelPart } }) ?? told;
        var failed = judged?.Failed ?? false;
        var answer = answers.Count > 0 ? answers.GetValueOrDefault(first.Call.RequestId) : null;
        var (length, provenance) = Length(span, log, start);
        return new Step
        {
            Kind = StepKind.Model,
            Name = Merged.Text(both, call => call.Model) ?? "unknown",
            Provider = Merged.Text(both, call => call.Provider) ?? evidence.ProviderAt(first.StartNanos),
            StartNanos = (span ?? start ?? first).StartNanos,
            DurationNanos = length,
            DurationProvenance = provenance,
            FirstByteNanos = Merged.Number(both, call => call.FirstByteNanos),
            Status = judged is null ? StepStatus.Unknown : failed ? StepStatus.Error : StepStatus.Ok,
            Error = failed ? Merged.Text(both, texts, dialect.Texts.Error) ?? Merged.Text(both, call => call.ErrorType) : null,
            Tokens = told?.Call.Tokens,
            ReportedCostUsd = paid?.Call.CostUsd,
            Attempts = (int?)Merged.Number(both, call => call.Attempts),
            CallId = Merged.Text(both, call => call.RequestId),
            Agent = Merged.Text(both, call => call.Agent),
            Sources = new FigureSources(
                told?.Source ?? FigureSource.Unknown, paid?.Source ?? FigureSource.Unknown, FigureSource.Unknown, judged?.Source ?? FigureSource.Unknown),
            Input = Merged.Text(both, texts, dialect.Texts.ModelInput),
            Output = answer?.Text(texts, dialect.Texts.Answer) ?? Merged.Text(both, texts, dialect.Texts.Answer),
            TraceId = (span ?? first).TraceId,
            SpanId = span?.Span?.Span ?? default,
        };
    }

    private static (long? Nanos, DurationProvenance Provenance) Length(Sighting? span, Sighting? log, Sighting? start) =>
        span is not null ? (span.EndNanos - span.StartNanos, DurationProvenance.Span)
        : start is not null ? (log!.EndNanos - start.StartNanos, DurationProvenance.Derived)
        : log is { Call.DurationNanos: >= 0, LogKind: not LogFactKind.ModelStart } ? (log.Call.DurationNanos, DurationProvenance.Reported)
        : (null, DurationProvenance.Unknown);
}
