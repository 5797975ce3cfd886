using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace Gander.Web.Metrics;

/// <summary>The state of the page of metrics as its address has it: <c>g0.expr</c>, <c>g0.tab</c>, <c>g1.expr</c> and so on. Immutable.</summary>
/// <param name="Panels">The panels, from the top; at least one.</param>
/// <param name="Find">What the catalogue is narrowed to, or empty.</param>
/// <param name="RefreshSeconds">How often the panels are asked again; 0 for not at all.</param>
public sealed record MetricsAddress(IReadOnlyList<QueryPanelState> Panels, string Find, int RefreshSeconds)
{
    /// <summary>Panels that one page shows.</summary>
    public const int MaxPanels = 12;

    /// <summary>The path of the page.</summary>
    public const string Path = "/metrics";

    /// <summary>The choices for refreshing; the first is none.</summary>
    public static IReadOnlyList<(int Seconds, string Label)> Refreshes { get; } = [(0, "Off"), (10, "10 s"), (60, "1 min")];

    /// <summary>Whether there is room for a panel more.</summary>
    public bool HasRoom => Panels.Count < MaxPanels;

    /// <summary>Reads an address; what it does not know counts as absent.</summary>
    public static MetricsAddress Read(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        var panels = new List<QueryPanelState>();
        for (var number = 0; number < MaxPanels && query.TryGetValue($"g{number}.expr", out var expression); number++)
        {
            panels.Add(new QueryPanelState(expression.ToString(), QueryPanelState.TabOf(query.GetValueOrDefault($"g{number}.tab").ToString())));
        }

        var refresh = Refreshes.FirstOrDefault(choice => choice.Label.Replace(" ", "", StringComparison.Ordinal) == query.GetValueOrDefault("refresh").ToString()).Seconds;
        return new MetricsAddress(panels.Count == 0 ? [QueryPanelState.Empty] : panels, query.GetValueOrDefault("find").ToString(), refresh);
    }

    /// <summary>The page with one query in one panel.</summary>
    public static string Of(string query, TimeWindow? window) => new MetricsAddress([new QueryPanelState(query, QueryTab.Graph)], "", 0).ToAddress(window);

    /// <summary>This state with a query in its first empty panel, or in a new one.</summary>
    public MetricsAddress Adding(string query)
    {
        var empty = Panels.Select((panel, index) => (panel, index)).FirstOrDefault(entry => entry.panel.Query.Length == 0, (panel: QueryPanelState.Empty, index: -1)).index;
        return empty >= 0 && query.Length > 0 ? With(empty, Panels[empty] with { Query = query })
            : HasRoom ? this with { Panels = [.. Panels, new QueryPanelState(query, QueryTab.Graph)] }
            : With(Panels.Count - 1, new QueryPanelState(query, QueryTab.Graph));
    }

    /// <summary>This state with another panel in its place.</summary>
    public MetricsAddress With(int index, QueryPanelState panel) => this with { Panels = [.. Panels.Select((other, at) => at == index ? panel : other)] };

    /// <summary>This state without a panel.</summary>
    public MetricsAddress Without(int index) => this with { Panels = [.. Panels.Where((_, at) => at != index).DefaultIfEmpty(QueryPanelState.Empty)] };

    /// <summary>What an address or a form needs to come back to this state.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters(TimeWindow? window)
    {
        foreach (var (key, value) in window?.Parameters() ?? [])
        {
            yield return new(key, value!);
        }

        var isPlain = Panels is [{ Query: "", Tab: QueryTab.Graph }];
        for (var number = 0; number < Panels.Count && !isPlain; number++)
        {
            yield return new($"g{number}.expr", Panels[number].Query);
            if (Panels[number].Tab != QueryTab.Graph)
            {
                yield return new($"g{number}.tab", QueryPanelState.NameOf(Panels[number].Tab));
            }
        }

        if (Find.Length > 0)
        {
            yield return new("find", Find);
        }

        if (RefreshSeconds > 0)
        {
            yield return new("refresh", Refreshes.First(choice => choice.Seconds == RefreshSeconds).Label.Replace(" ", "", StringComparison.Ordinal));
        }
    }

    /// <summary>The address of this state.</summary>
    public string ToAddress(TimeWindow? window)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in Parameters(window))
        {
            query.Add(key, value);
        }

        return Path + query.ToQueryString();
    }
}
