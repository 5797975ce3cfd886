using System.Runtime.InteropServices;
using Gander.Prices;
using Gander.Sessions.Calls;
using Gander.Stores;

namespace Gander.Sessions.Usage;

/// <summary>
/// Says when within its hour the usage of a session came: each amount is spread over the session's calls of that hour and
/// model, to each what it used itself. Amounts are those of the rows, whatever the calls say, so that over whole hours they
/// are the figures of usage; what no call explains counts when the hour or the session began. Not thread-safe.
/// </summary>
/// <param name="prices">The table in use: what a call costs of the price of its hour. It decides no sum.</param>
public sealed class UsageTimeline(PriceTable prices)
{
    private const UsageFigure Changes = UsageFigure.LinesAdded | UsageFigure.LinesRemoved | UsageFigure.Commits | UsageFigure.PullRequests;

    private const UsageFigure Costs = UsageFigure.ReportedPicos | UsageFigure.PricedPicos | UsageFigure.UnpricedTokens;

    private static readonly UsageFigure[] OfModels = [.. Enum.GetValues<UsageFigure>().Where(figure => figure != UsageFigure.None && !Changes.HasFlag(figure))];
    private static readonly UsageFigure[] OfTools = [.. Enum.GetValues<UsageFigure>().Where(figure => figure != UsageFigure.None && Changes.HasFlag(figure))];

    private readonly List<UsageMoment> _moments = [];
    private readonly List<ModelMoment> _models = [];
    private readonly List<(long Nanos, string Tool)> _tools = [];
    private readonly List<Group> _groups = [];
    private readonly List<int> _members = [];
    private readonly List<long> _weights = [];
    private long _sessionStart;

    /// <summary>The moments of a session with calls and usage; good until the next call.</summary>
    /// <exception cref="FormatException">Its calls are damaged.</exception>
    public ReadOnlySpan<UsageMoment> Read(in SessionActivity session, UsageFigure wanted)
    {
        _moments.Clear();
        _sessionStart = session.StartNanos;
        ReadCalls(session.Calls, readsTools: (wanted & Changes) != 0);
        if ((wanted & ~Changes) != 0)
        {
            SpreadOverModels(session.Usage, wanted);
        }

        if ((wanted & Changes) != 0)
        {
            SpreadOverTools(session.Usage, wanted);
        }

        return CollectionsMarshal.AsSpan(_moments);
    }

    private void ReadCalls(ReadOnlySpan<byte> bytes, bool readsTools)
    {
        _models.Clear();
        _tools.Clear();
        if (bytes.IsEmpty)
        {
            return;
        }

        var turn = -1;
        var reader = new SessionCallReader(bytes);
        while (reader.TryRead(out var call))
        {
            if (call.Kind == StepKind.Model)
            {
                _models.Add(new ModelMoment(
                    Math.Max(0, call.StartNanos),
                    UsageBuilder.ModelOf(call.Name),
                    UsageBuilder.Cut(call.Provider),
                    call.Tokens.GetValueOrDefault(),
                    call.ReportedCostUsd is { } cost ? Dollars.ToPicos(cost) : null,
                    call.Turn != turn));
                turn = call.Turn;
            }
            else if (call.Kind == StepKind.Tool && readsTools)
            {
                _tools.Add((Math.Max(0, call.StartNanos), call.Name.Length > 0 ? UsageBuilder.Cut(call.Name) : "unknown"));
            }
        }
    }

    private void SpreadOverModels(ReadOnlySpan<UsageRow> rows, UsageFigure wanted)
    {
        _groups.Clear();
        foreach (var row in rows)
        {
            var at = FindGroup(row.StartNanos, row.Model, row.Provider);
            if (at < 0)
            {
                at = _groups.Count;
                _groups.Add(new Group(row.StartNanos, row.Model, row.Provider));
            }

            ref var group = ref CollectionsMarshal.AsSpan(_groups)[at];
            group.Tokens += row.Tokens;
            group.Turns += row.Turns;
            group.ReportedPicos += row.IsReported ? row.ReportedPicos : 0;
            group.PricedPicos += row.IsReported ? 0 : row.PricedPicos;
            group.UnpricedTokens += row.IsReported || row.IsPriced ? 0 : row.Tokens.Total;
        }

        foreach (ref var call in CollectionsMarshal.AsSpan(_models))
        {
            call.Group = FindGroup(UsageRow.HourOf(call.Nanos), call.Model, call.Provider);
        }

        for (var i = 0; i < _groups.Count; i++)
        {
            var group = _groups[i];
            Gather(i);
            foreach (var figure in OfModels)
            {
                if (wanted.HasFlag(figure) && AmountOf(group, figure) is not 0 and var amount)
                {
                    Weigh(group, figure);
                    Spread(figure, amount, group);
                }
            }
        }
    }

    private int FindGroup(long hour, string model, string provider)
    {
        var groups = CollectionsMarshal.AsSpan(_groups);
        for (var i = 0; i < groups.Length; i++)
        {
            ref readonly var group = ref groups[i];
            if (group.Hour == hour && group.Model == model && group.Provider == provider)
            {
                return i;
            }
        }

        return -1;
    }

    // The calls of the group's hour and model.
    private void Gather(int group)
    {
        _members.Clear();
        var calls = CollectionsMarshal.AsSpan(_models);
        for (var i = 0; i < calls.Length; i++)
        {
            if (calls[i].Group == group)
            {
                _members.Add(i);
            }
        }
    }

    // What each call of the group has of a figure.
    private void Weigh(in Group group, UsageFigure figure)
    {
        _weights.Clear();
        var isCost = (figure & Costs) != 0;
        var entry = isCost ? prices.Match(group.Model, group.Provider.Length > 0 ? group.Provider : null, group.Hour).Entry : null;
        var calls = CollectionsMarshal.AsSpan(_models);
        foreach (var member in _members)
        {
            ref readonly var call = ref calls[member];
            _weights.Add(figure switch
            {
                UsageFigure.Turns => call.BeginsTurn ? 1 : 0,
                UsageFigure.ReportedPicos => call.ReportedPicos.GetValueOrDefault(),
                UsageFigure.PricedPicos => call.ReportedPicos is null ? entry?.CostOf(call.Tokens) ?? 0 : 0,
                UsageFigure.UnpricedTokens => call.ReportedPicos is null && entry?.CostOf(call.Tokens) is null ? call.Tokens.Total : 0,
                _ => TokensOf(call.Tokens, figure),
            });
        }

        // A cost of the whole session, or a price that the table has no longer.
        if (isCost && _weights.TrueForAll(weight => weight == 0))
        {
            for (var i = 0; i < _weights.Count; i++)
            {
                var tokens = _models[_members[i]].Tokens;
                _weights[i] = entry?.CostOf(tokens) ?? tokens.Total;
            }
        }
    }

    private void Spread(UsageFigure figure, long amount, in Group group)
    {
        var whole = (Int128)0;
        foreach (var weight in _weights)
        {
            whole += weight;
        }

        if (whole == amount)
        {
            for (var i = 0; i < _weights.Count; i++)
            {
                Add(figure, _models[_members[i]].Nanos, group.Model, group.Provider, _weights[i]);
            }

            return;
        }

        if (whole <= 0)
        {
            Add(figure, _members.Count > 0 ? _models[_members[0]].Nanos : Begin(group.Hour), group.Model, group.Provider, amount);
            return;
        }

        var (upTo, given) = ((Int128)0, 0L);
        for (var i = 0; i < _weights.Count; i++)
        {
            upTo += _weights[i];
            var share = (long)(amount * upTo / whole) - given;
            given += share;
            Add(figure, _models[_members[i]].Nanos, group.Model, group.Provider, share);
        }
    }

    // What calls of a tool did to code is told by the hour: each has an equal part.
    private void SpreadOverTools(ReadOnlySpan<UsageRow> rows, UsageFigure wanted)
    {
        foreach (var row in rows)
        {
            var calls = 0;
            foreach (var (nanos, tool) in _tools)
            {
                calls += IsOf(row, nanos, tool) ? 1 : 0;
            }

            foreach (var figure in OfTools)
            {
                if (!wanted.HasFlag(figure) || ChangesOf(row, figure) is not (not 0 and var amount))
                {
                    continue;
                }

                if (calls == 0)
                {
                    Add(figure, Begin(row.StartNanos), row.Model, row.Provider, amount);
                    continue;
                }

                var (seen, given) = (0, 0L);
                foreach (var (nanos, tool) in _tools)
                {
                    if (IsOf(row, nanos, tool))
                    {
                        var share = (long)((Int128)amount * ++seen / calls) - given;
                        given += share;
                        Add(figure, nanos, row.Model, row.Provider, share);
                    }
                }
            }
        }

        static bool IsOf(in UsageRow row, long nanos, string tool) => row.Tool == tool && UsageRow.HourOf(nanos) == row.StartNanos;
    }

    private void Add(UsageFigure figure, long nanos, string model, string provider, long amount)
    {
        if (amount != 0)
        {
            _moments.Add(new UsageMoment(figure, nanos, model, provider, amount));
        }
    }

    private long Begin(long hour) => _sessionStart > hour && _sessionStart < hour + UsageRow.HourNanos ? _sessionStart : hour;

    private static long AmountOf(in Group group, UsageFigure figure) => figure switch
    {
        UsageFigure.ReportedPicos => group.ReportedPicos,
        UsageFigure.PricedPicos => group.PricedPicos,
        UsageFigure.UnpricedTokens => group.UnpricedTokens,
        UsageFigure.Turns => group.Turns,
        _ => TokensOf(group.Tokens, figure),
    };

    private static long TokensOf(TokenUsage tokens, UsageFigure figure) => figure switch
    {
        UsageFigure.InputTokens => tokens.Input - tokens.CacheRead - tokens.CacheWrite,
        UsageFigure.CacheReadTokens => tokens.CacheRead,
        UsageFigure.CacheWriteTokens => tokens.CacheWrite,
        UsageFigure.OutputTokens => tokens.Output - tokens.Reasoning,
        _ => tokens.Reasoning,
    };

    private static long ChangesOf(in UsageRow row, UsageFigure figure) => figure switch
    {
        UsageFigure.LinesAdded => row.LinesAdded,
        UsageFigure.LinesRemoved => row.LinesRemoved,
        UsageFigure.Commits => row.Commits,
        _ => row.PullRequests,
    };

    private struct ModelMoment(long nanos, string model, string provider, TokenUsage tokens, long? reportedPicos, bool beginsTurn)
    {
        public readonly long Nanos = nanos;
        public readonly string Model = model;
        public readonly string Provider = provider;
        public readonly TokenUsage Tokens = tokens;
        public readonly long? ReportedPicos = reportedPicos;
        public readonly bool BeginsTurn = beginsTurn;
        public int Group;
    }

    private struct Group(long hour, string model, string provider)
    {
        public readonly long Hour = hour;
        public readonly string Model = model;
        public readonly string Provider = provider;
        public TokenUsage Tokens;
        public long Turns;
        public long UnpricedTokens;
        public long ReportedPicos;
        public long PricedPicos;
    }
}
