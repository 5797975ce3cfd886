namespace Gander.Web.Metrics;

/// <summary>One panel.</summary>
/// <param name="Query">The query, or empty.</param>
/// <param name="Tab">How it is shown.</param>
public sealed record QueryPanelState(string Query, QueryTab Tab)
{
    /// <summary>A panel to write a query into.</summary>
    public static QueryPanelState Empty { get; } = new("", QueryTab.Graph);

    /// <summary>The name of a tab in an address.</summary>
    public static string NameOf(QueryTab tab) => tab.ToString().ToLowerInvariant();

    /// <summary>The tab of a name; a graph where it is unknown.</summary>
    public static QueryTab TabOf(string name) => Enum.GetValues<QueryTab>().FirstOrDefault(tab => NameOf(tab) == name);
}
