using Gander.Prices;

namespace Gander.Sessions.Usage;

/// <summary>Adds the steps of one session up to rows of usage. What the summary has beyond its steps stands in rows of its own, so that nothing is lost.</summary>
internal sealed class UsageBuilder
{
    /// <summary>Rows that one session may have before the names of further models and tools are no longer told apart.</summary>
    public const int MaxRows = 2_000;

    private const int MaxNameLength = 200;
    private const string Further = "other";

    // Few rows are found fastest by looking at each.
    private const int MaxLookedThrough = 24;

    private readonly List<UsagePart> _parts = [];
    private Dictionary<UsagePart.Place, UsagePart>? _byPlace;

    private UsageBuilder()
    {
    }

    /// <summary>The usage of a session whose steps have their prices.</summary>
    public static SessionUsage Of(SessionSummary summary, IReadOnlyList<Turn> turns, PriceTable prices)
    {
        var builder = new UsageBuilder();
        foreach (var turn in turns)
        {
            builder.Add(turn);
        }

        return new SessionUsage(summary.Key, prices.Version, builder.Finish(summary));
    }

    /// <summary>The model that rows show for the name of a step.</summary>
    public static string ModelOf(string name) => name == "unknown" ? "" : Cut(name);

    /// <summary>A name of bounded length, in which no character is cut in two.</summary>
    public static string Cut(string? name) =>
        name is null ? "" : name.Length <= MaxNameLength ? name : name[..(char.IsHighSurrogate(name[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)];

    private void Add(Turn turn)
    {
        var first = turn.Steps.FirstOrDefault(static step => step.Kind == StepKind.Model);
        PartOf(PlaceOf(turn.StartNanos, first, "")).Turns++;
        Step? asked = null;
        foreach (var step in turn.Steps)
        {
            if (step.Kind == StepKind.Model)
            {
                asked = step;
                AddCall(step);
            }
            else if (step.Kind == StepKind.Tool)
            {
                var part = PartOf(PlaceOf(step.StartNanos, asked, step.Name.Length > 0 ? step.Name : "unknown"));
                part.ToolCalls++;
                part.ToolFailures += SessionSums.HasFailed(step) ? 1 : 0;
                AddChanges(part, step);
            }
            else if (step.Changes != default)
            {
                PartOf(PlaceOf(step.StartNanos, asked, "")).Changes += step.Changes;
            }
        }
    }

    private void AddCall(Step step)
    {
        var tokens = step.Tokens.GetValueOrDefault();
        var part = PartOf(PlaceOf(step.StartNanos, step, "") with
        {
            Band = ContextBand.Of(tokens.Input),
            IsReported = step.ReportedCostUsd is not null,
            IsPriced = step.PricedCostUsd is not null,
        });
        part.Tokens += tokens;
        part.ModelCalls++;
        part.ModelErrors += step.Status == StepStatus.Error ? 1 : 0;
        part.ReportedPicos += step.ReportedCostUsd is { } reported ? Dollars.ToPicos(reported) : 0;
        part.PricedPicos += step.PricedCostUsd is { } priced ? Dollars.ToPicos(priced) : 0;
        AddChanges(part, step);
    }

    private static void AddChanges(UsagePart part, Step step)
    {
        if (step.Changes != default)
        {
            part.Changes += step.Changes;
        }
    }

    private List<UsageRow> Finish(SessionSummary summary)
    {
        var steps = Whole();
        var reported = Dollars.ToPicos(summary.ReportedCostUsd.GetValueOrDefault()) - (long)steps.ReportedPicos;
        if (reported != 0 && !_parts.Exists(static part => part.Key.IsReported))
        {
            reported = Share(reported);
        }

        var rest = new UsageRow
        {
            StartNanos = 0,
            Model = "",
            Provider = "",
            Tool = "",
            Tokens = Minus(summary.Tokens, steps.Tokens),
            ReportedPicos = reported,
            ModelCalls = summary.ModelCalls - (int)steps.ModelCalls,
            ModelErrors = summary.ModelErrors - (int)steps.ModelErrors,
            ToolCalls = summary.ToolCalls - (int)steps.ToolCalls,
            ToolFailures = summary.ToolFailures - (int)steps.ToolFailures,
            Turns = summary.TurnCount - (int)steps.Turns,
            LinesAdded = summary.Changes.LinesAdded.GetValueOrDefault() - steps.LinesAdded,
            LinesRemoved = summary.Changes.LinesRemoved.GetValueOrDefault() - steps.LinesRemoved,
            Commits = summary.Changes.Commits.GetValueOrDefault() - steps.Commits,
            PullRequests = summary.Changes.PullRequests.GetValueOrDefault() - steps.PullRequests,
        };
        if (rest.Sums != default)
        {
            AddRest(summary, rest);
        }

        var rows = _parts.ConvertAll(static part => part.Row);
        rows.Sort(Compare);
        return rows;
    }

    // What the summary has beyond its steps, such as what metrics alone tell.
    private void AddRest(SessionSummary summary, in UsageRow rest)
    {
        var only = summary.ModelUses.Count == 1 ? summary.ModelUses[0] : null;
        var part = PartOf(new UsagePart.Place(
            UsageRow.HourOf(summary.StartNanos), only is null ? "" : ModelOf(only.Name), Cut(only?.Provider), "", 0, rest.ReportedPicos != 0, false));
        part.Tokens += rest.Tokens;
        part.ReportedPicos += rest.ReportedPicos;
        part.ModelCalls += rest.ModelCalls;
        part.ModelErrors += rest.ModelErrors;
        part.ToolCalls += rest.ToolCalls;
        part.ToolFailures += rest.ToolFailures;
        part.Turns += rest.Turns;
        part.Changes += new CodeChanges(rest.LinesAdded, rest.LinesRemoved, rest.Commits, rest.PullRequests);
    }

    private UsageSums Whole()
    {
        var whole = default(UsageSums);
        foreach (var part in _parts)
        {
            whole += part.Row.Sums;
        }

        return whole;
    }

    // The agent reported one cost for the whole session: each model gets its share by price, or by tokens where not all have one.
    private long Share(long reported)
    {
        var used = _parts.FindAll(static part => part.Tokens.Total > 0);
        var byPrice = used.TrueForAll(static part => part.Key.IsPriced) && used.Exists(static part => part.PricedPicos > 0);
        var whole = used.Aggregate((Int128)0, (sum, part) => sum + Weight(part));
        var left = reported;
        for (var i = 0; i < used.Count; i++)
        {
            var part = used[i];
            var share = i == used.Count - 1 ? left : (long)(reported * Weight(part) / whole);
            left -= share;
            part.ReportedPicos = share;
            _byPlace?.Remove(part.Key);
            part.Key = part.Key with { IsReported = true };
            _byPlace?.Add(part.Key, part);
        }

        return left;

        Int128 Weight(UsagePart part) => byPrice ? part.PricedPicos : part.Tokens.Total;
    }

    private UsagePart PartOf(UsagePart.Place place)
    {
        if (Find(place) is { } known)
        {
            return known;
        }

        if (_parts.Count >= MaxRows)
        {
            place = place with { Model = place.Model.Length > 0 ? Further : "", Provider = "", Tool = place.Tool.Length > 0 ? Further : "" };
            if (Find(place) is { } further)
            {
                return further;
            }
        }

        var part = new UsagePart(place);
        _parts.Add(part);
        _byPlace?.Add(place, part);
        return part;
    }

    private UsagePart? Find(in UsagePart.Place place)
    {
        if (_parts.Count > MaxLookedThrough)
        {
            _byPlace ??= _parts.ToDictionary(static part => part.Key);
            return _byPlace.GetValueOrDefault(place);
        }

        foreach (var part in _parts)
        {
            if (part.Key == place)
            {
                return part;
            }
        }

        return null;
    }

    private static int Compare(UsageRow left, UsageRow right)
    {
        var order = left.StartNanos.CompareTo(right.StartNanos);
        order = order != 0 ? order : string.CompareOrdinal(left.Model, right.Model);
        order = order != 0 ? order : string.CompareOrdinal(left.Provider, right.Provider);
        order = order != 0 ? order : string.CompareOrdinal(left.Tool, right.Tool);
        return order != 0 ? order : (left.Band, left.IsReported, left.IsPriced).CompareTo((right.Band, right.IsReported, right.IsPriced));
    }

    private static UsagePart.Place PlaceOf(long nanos, Step? model, string tool) =>
        new(UsageRow.HourOf(nanos), model is null ? "" : ModelOf(model.Name), Cut(model?.Provider), Cut(tool), 0, false, false);

    private static TokenUsage Minus(TokenUsage whole, TokenUsage part) =>
        new(whole.Input - part.Input, whole.Output - part.Output, whole.CacheRead - part.CacheRead, whole.CacheWrite - part.CacheWrite, whole.Reasoning - part.Reasoning)
        {
            CacheWriteFiveMinutes = whole.CacheWriteFiveMinutes - part.CacheWriteFiveMinutes,
            CacheWriteOneHour = whole.CacheWriteOneHour - part.CacheWriteOneHour,
        };
}
