using Gander.Prices;
using Gander.Query.Shared;
using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Stores;

namespace Gander.Query.PromQl.Sessions;

/// <summary>Gathers what sessions did for the metrics that are asked for. Not thread-safe.</summary>
/// <param name="metrics">The metrics.</param>
/// <param name="firstMillis">What happened before does not count, Unix milliseconds.</param>
/// <param name="endMillis">Nor does what happened at this time or later.</param>
/// <param name="nowMillis">Sessions that run go on until then.</param>
/// <param name="prices">The prices in use.</param>
/// <param name="find">Finds the person behind an identity.</param>
/// <param name="maxEvents">How much may be gathered.</param>
internal sealed class ActivityCollector(
    IReadOnlyList<SelectedMetric> metrics, long firstMillis, long endMillis, long nowMillis, PriceTable prices, Func<UsageIdentity, UsagePerson> find, long maxEvents)
{
    private const long NanosPerMilli = 1_000_000;
    private const long NanosPerMicro = 1_000;

    private readonly List<SelectedMetric> _current = [];
    private readonly UsageTimeline _timeline = new(prices);

    /// <summary>How much was gathered.</summary>
    public long Events { get; private set; }

    /// <summary>The time of the last of it, Unix milliseconds.</summary>
    public long LastMillis { get; private set; } = long.MinValue;

    /// <summary>Adds a session.</summary>
    /// <exception cref="QueryException">It is too much.</exception>
    public void Add(in SessionActivity session)
    {
        var person = find(session.Identity);
        string[] labels = [session.Agent, person.Name ?? "", person.Team ?? "", session.Repository ?? "", session.Project ?? ""];
        _current.Clear();
        var (usage, readsCalls) = (UsageFigure.None, false);
        foreach (var metric in metrics)
        {
            if (metric.Begin(labels))
            {
                _current.Add(metric);
                usage |= metric.Metric.Usage;
                readsCalls |= metric.Metric is { ReadsCalls: true, Usage: UsageFigure.None };
            }
        }

        AddWhole(session);
        if (readsCalls && !session.Calls.IsEmpty)
        {
            AddCalls(session.Calls);
        }

        if (usage != UsageFigure.None)
        {
            foreach (var moment in _timeline.Read(session, usage))
            {
                if (IsIn(moment.Nanos))
                {
                    AddMoment(moment);
                }
            }
        }
    }

    private void AddWhole(in SessionActivity session)
    {
        var begins = IsIn(session.StartNanos);
        foreach (var metric in _current)
        {
            switch (metric.Metric.Figure)
            {
                case SessionFigure.Sessions when begins:
                    Record(metric.Find(StatusText(session.Status)), session.StartNanos, 1);
                    break;
                case SessionFigure.SessionDuration when begins && session.Status != SessionStatus.Running:
                    Record(metric.Find(StatusText(session.Status)), session.StartNanos, Micros(session.EndNanos - session.StartNanos));
                    break;
                case SessionFigure.ActiveSessions when metric.Find() is { } log:
                    var end = Millis(session.EndNanos);
                    log.Add(Millis(session.StartNanos), 1);
                    log.Add(session.Status == SessionStatus.Running ? Math.Max(end, nowMillis) : end, -1);
                    Count(2);
                    break;
            }
        }
    }

    private void AddCalls(ReadOnlySpan<byte> calls)
    {
        var reader = new SessionCallReader(calls);
        while (reader.TryRead(out var call))
        {
            foreach (var metric in IsIn(call.StartNanos) ? _current : [])
            {
                if (call.Kind == StepKind.Model)
                {
                    AddModelCall(metric, call);
                }
                else if (call.Kind == StepKind.Tool)
                {
                    AddToolCall(metric, call);
                }
            }
        }
    }

    private void AddModelCall(SelectedMetric metric, in SessionCall call)
    {
        var isAnswered = call.Status is StepStatus.Ok or StepStatus.Unknown;
        switch (metric.Metric.Figure)
        {
            case SessionFigure.ModelCalls:
                Record(metric.Find(ModelOf(call), call.Provider, OutcomeText(call.Status)), call.StartNanos, 1);
                break;
            case SessionFigure.ModelCallDuration when isAnswered && call.DurationNanos is { } nanos:
                Record(metric.Find(ModelOf(call), call.Provider), call.StartNanos, Micros(nanos));
                break;
            case SessionFigure.FirstByte when isAnswered && call.FirstByteNanos is { } nanos:
                Record(metric.Find(ModelOf(call), call.Provider), call.StartNanos, Micros(nanos));
                break;
        }
    }

    private void AddToolCall(SelectedMetric metric, in SessionCall call)
    {
        switch (metric.Metric.Figure)
        {
            case SessionFigure.ToolCalls:
                Record(metric.Find(call.Name, call.McpServer, OutcomeText(call.Status)), call.StartNanos, 1);
                break;
            case SessionFigure.ToolCallDuration when call.DurationNanos is { } nanos && call.Status is not (StepStatus.Denied or StepStatus.Interrupted):
                Record(metric.Find(call.Name, call.McpServer), call.StartNanos, Micros(Math.Max(0, nanos - call.WaitNanos.GetValueOrDefault())));
                break;
            case SessionFigure.ToolWait when call.WaitNanos is { } nanos:
                Record(metric.Find(call.Name, call.McpServer), call.StartNanos, Micros(nanos));
                break;
        }
    }

    private void AddMoment(in UsageMoment moment)
    {
        foreach (var metric in _current)
        {
            if (!metric.Metric.Usage.HasFlag(moment.Figure))
            {
                continue;
            }

            var log = metric.Metric.Figure switch
            {
                SessionFigure.Lines => metric.Find(FigureText(moment.Figure)),
                SessionFigure.Commits or SessionFigure.PullRequests => metric.Find(),
                SessionFigure.Tokens or SessionFigure.Cost => metric.Find(moment.Model, moment.Provider, FigureText(moment.Figure)),
                _ => metric.Find(moment.Model, moment.Provider),
            };
            Record(log, moment.Nanos, moment.Amount);
        }
    }

    private void Record(EventLog? log, long nanos, long amount)
    {
        if (log is not null)
        {
            var millis = Millis(nanos);
            log.Add(millis, amount);
            LastMillis = Math.Max(LastMillis, millis);
            Count(1);
        }
    }

    private bool IsIn(long nanos) => Millis(nanos) is var millis && millis >= firstMillis && millis < endMillis;

    private void Count(int events)
    {
        Events += events;
        if (Events > maxEvents)
        {
            throw new QueryException(
                QueryErrorKind.LimitExceeded,
                $"the sessions in the time of the query have more than the {maxEvents} calls and amounts that one query may add up (prometheus.maxSessionEvents); ask for a shorter time or add a matcher such as agent or user");
        }
    }

    // Rounded down, also before 1970: what happens within a millisecond is there at its end.
    private static long Millis(long nanos) => (nanos / NanosPerMilli) - (nanos % NanosPerMilli < 0 ? 1 : 0);

    // Rounded up, so that a length is within a bound only when all of it is.
    private static long Micros(long nanos) => (Math.Max(0, nanos) / NanosPerMicro) + (nanos > 0 && nanos % NanosPerMicro > 0 ? 1 : 0);

    private static string ModelOf(in SessionCall call) => call.Name == "unknown" ? "" : call.Name;

    private static string StatusText(SessionStatus status) => status switch
    {
        SessionStatus.Ok => "ok",
        SessionStatus.Error => "error",
        SessionStatus.Interrupted => "interrupted",
        SessionStatus.Running => "running",
        _ => "unknown",
    };

    private static string OutcomeText(StepStatus status) => status switch
    {
        StepStatus.Ok => "ok",
        StepStatus.Error => "error",
        StepStatus.Denied => "denied",
        StepStatus.Interrupted => "interrupted",
        _ => "unknown",
    };

    private static string FigureText(UsageFigure figure) => figure switch
    {
        UsageFigure.InputTokens => "input",
        UsageFigure.CacheReadTokens => "cache_read",
        UsageFigure.CacheWriteTokens => "cache_write",
        UsageFigure.OutputTokens => "output",
        UsageFigure.ReasoningTokens => "reasoning",
        UsageFigure.ReportedPicos => "reported",
        UsageFigure.PricedPicos => "priced",
        UsageFigure.LinesAdded => "added",
        _ => "removed",
    };
}
