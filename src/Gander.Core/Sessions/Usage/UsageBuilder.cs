using System.Runtime.InteropServices;
using Gander.Prices;

namespace Gander.Sessions.Usage;

/// <summary>Adds the steps of one session up to rows of usage. What the summary has beyond its steps stands in rows of its own, so that nothing is lost.</summary>
internal sealed class UsageBuilder
{
    /// <summary>Rows that one session may have before the names of further models and tools are no longer told apart.</summary>
    public const int MaxRows = 2_000;

    private const int MaxNameLength = 200;
    private const string Further = "other";

    private readonly Dictionary<Key, UsageRow> _rows = [];

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

    /// <summary>A name of bounded length.</summary>
    public static string Cut(string? name) => name is null ? "" : name.Length <= MaxNameLength ? name : name[..MaxNameLength];

    private void Add(Turn turn)
    {
        var first = turn.Steps.FirstOrDefault(step => step.Kind == StepKind.Model);
        Add(KeyOf(turn.StartNanos, first, ""), new UsageSums { Turns = 1 });
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
                Add(KeyOf(step.StartNanos, asked, step.Name.Length > 0 ? step.Name : "unknown"), new UsageSums { ToolCalls = 1, ToolFailures = SessionSums.HasFailed(step) ? 1 : 0 } + Changes(step.Changes));
            }
            else if (step.Changes != default)
            {
                Add(KeyOf(step.StartNanos, asked, ""), Changes(step.Changes));
            }
        }
    }

    private void AddCall(Step step)
    {
        var tokens = step.Tokens.GetValueOrDefault();
        var key = KeyOf(step.StartNanos, step, "") with
        {
            Band = ContextBand.Of(tokens.Input),
            IsReported = step.ReportedCostUsd is not null,
            IsPriced = step.PricedCostUsd is not null,
        };
        Add(key, new UsageSums
        {
            Tokens = tokens,
            ModelCalls = 1,
            ModelErrors = step.Status == StepStatus.Error ? 1 : 0,
            ReportedPicos = Dollars.ToPicos(step.ReportedCostUsd.GetValueOrDefault()),
            PricedPicos = Dollars.ToPicos(step.PricedCostUsd.GetValueOrDefault()),
        } + Changes(step.Changes));
    }

    private List<UsageRow> Finish(SessionSummary summary)
    {
        var steps = _rows.Values.Aggregate(default(UsageSums), static (sum, row) => sum + row.Sums);
        var reported = Dollars.ToPicos(summary.ReportedCostUsd.GetValueOrDefault()) - (long)steps.ReportedPicos;
        if (reported != 0 && !_rows.Values.Any(row => row.IsReported))
        {
            reported = Share(reported);
        }

        var only = summary.ModelUses.Count == 1 ? summary.ModelUses[0] : null;
        var key = new Key(UsageRow.HourOf(summary.StartNanos), only is null ? "" : ModelOf(only.Name), Cut(only?.Provider), "", 0, reported != 0, false);
        var rest = new UsageSums
        {
            Tokens = Minus(summary.Tokens, steps.Tokens),
            ReportedPicos = reported,
            ModelCalls = summary.ModelCalls - steps.ModelCalls,
            ModelErrors = summary.ModelErrors - steps.ModelErrors,
            ToolCalls = summary.ToolCalls - steps.ToolCalls,
            ToolFailures = summary.ToolFailures - steps.ToolFailures,
            Turns = summary.TurnCount - steps.Turns,
            LinesAdded = summary.Changes.LinesAdded.GetValueOrDefault() - steps.LinesAdded,
            LinesRemoved = summary.Changes.LinesRemoved.GetValueOrDefault() - steps.LinesRemoved,
            Commits = summary.Changes.Commits.GetValueOrDefault() - steps.Commits,
            PullRequests = summary.Changes.PullRequests.GetValueOrDefault() - steps.PullRequests,
        };
        if (rest != default)
        {
            Add(key, rest);
        }

        return [.. _rows.Values.OrderBy(row => row.StartNanos).ThenBy(row => row.Model, StringComparer.Ordinal).ThenBy(row => row.Provider, StringComparer.Ordinal)
            .ThenBy(row => row.Tool, StringComparer.Ordinal).ThenBy(row => row.Band).ThenBy(row => row.IsReported).ThenBy(row => row.IsPriced)];
    }

    // The agent reported one cost for the whole session: each model gets its share by price, or by tokens where not all have one.
    private long Share(long reported)
    {
        var rows = _rows.Where(entry => entry.Value.Tokens.Total > 0).ToList();
        var byPrice = rows.TrueForAll(entry => entry.Value.IsPriced) && rows.Exists(entry => entry.Value.PricedPicos > 0);
        var whole = rows.Aggregate((Int128)0, (sum, entry) => sum + Weight(entry.Value));
        var left = reported;
        for (var i = 0; i < rows.Count; i++)
        {
            var share = i == rows.Count - 1 ? left : (long)(reported * Weight(rows[i].Value) / whole);
            left -= share;
            _rows.Remove(rows[i].Key);
            _rows.Add(rows[i].Key with { IsReported = true }, rows[i].Value with { IsReported = true, ReportedPicos = share });
        }

        return left;

        Int128 Weight(in UsageRow row) => byPrice ? row.PricedPicos : row.Tokens.Total;
    }

    private void Add(Key key, in UsageSums sums)
    {
        if (_rows.Count >= MaxRows && !_rows.ContainsKey(key))
        {
            key = key with { Model = key.Model.Length > 0 ? Further : "", Provider = "", Tool = key.Tool.Length > 0 ? Further : "" };
        }

        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out var known);
        row = known ? row : new UsageRow { StartNanos = key.StartNanos, Model = key.Model, Provider = key.Provider, Tool = key.Tool, Band = key.Band, IsReported = key.IsReported, IsPriced = key.IsPriced };
        row = row with
        {
            Tokens = row.Tokens + sums.Tokens,
            ReportedPicos = row.ReportedPicos + (long)sums.ReportedPicos,
            PricedPicos = row.PricedPicos + (long)sums.PricedPicos,
            ModelCalls = row.ModelCalls + (int)sums.ModelCalls,
            ModelErrors = row.ModelErrors + (int)sums.ModelErrors,
            ToolCalls = row.ToolCalls + (int)sums.ToolCalls,
            ToolFailures = row.ToolFailures + (int)sums.ToolFailures,
            Turns = row.Turns + (int)sums.Turns,
            LinesAdded = row.LinesAdded + sums.LinesAdded,
            LinesRemoved = row.LinesRemoved + sums.LinesRemoved,
            Commits = row.Commits + sums.Commits,
            PullRequests = row.PullRequests + sums.PullRequests,
        };
    }

    private static Key KeyOf(long nanos, Step? model, string tool) =>
        new(UsageRow.HourOf(nanos), model is null ? "" : ModelOf(model.Name), Cut(model?.Provider), Cut(tool), 0, false, false);

    private static UsageSums Changes(CodeChanges changes) => new()
    {
        LinesAdded = changes.LinesAdded.GetValueOrDefault(),
        LinesRemoved = changes.LinesRemoved.GetValueOrDefault(),
        Commits = changes.Commits.GetValueOrDefault(),
        PullRequests = changes.PullRequests.GetValueOrDefault(),
    };

    private static TokenUsage Minus(TokenUsage whole, TokenUsage part) =>
        new(whole.Input - part.Input, whole.Output - part.Output, whole.CacheRead - part.CacheRead, whole.CacheWrite - part.CacheWrite, whole.Reasoning - part.Reasoning)
        {
            CacheWriteFiveMinutes = whole.CacheWriteFiveMinutes - part.CacheWriteFiveMinutes,
            CacheWriteOneHour = whole.CacheWriteOneHour - part.CacheWriteOneHour,
        };

    private readonly record struct Key(long StartNanos, string Model, string Provider, string Tool, byte Band, bool IsReported, bool IsPriced);
}
