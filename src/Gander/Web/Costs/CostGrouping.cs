namespace Gander.Web.Costs;

/// <summary>What the rows of the page of costs are for.</summary>
/// <param name="Name">The word in the address, which is that of the API.</param>
/// <param name="Label">What people call one of them.</param>
/// <param name="Unknown">What stands for none.</param>
public sealed record CostGrouping(string Name, string Label, string Unknown)
{
    /// <summary>All of them; the first is where the page starts.</summary>
    public static IReadOnlyList<CostGrouping> All { get; } =
    [
        new("user", "Person", "person not told"),
        new("team", "Team", "no team"),
        new("repo", "Repository", "no repository told"),
        new("model", "Model", "model not told"),
        new("agent", "Agent", "agent not told"),
        new("tool", "Tool", "model calls"),
        new("session", "Session", "no session"),
        new("day", "Day", "time not told"),
    ];

    /// <summary>The one of this name, or the first.</summary>
    public static CostGrouping Find(string? name) => All.FirstOrDefault(grouping => grouping.Name == name, All[0]);
}
