using Gander.Stores;

namespace Gander.Api.Usage;

/// <summary>What usage can be grouped by, as the API names it.</summary>
/// <param name="Name">The word.</param>
/// <param name="Dimension">What a store tells apart.</param>
internal sealed record UsageBy(string Name, UsageDimension Dimension)
{
    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<UsageBy> All { get; } =
    [
        new("user", UsageDimension.Person),
        new("team", UsageDimension.Team),
        new("agent", UsageDimension.Agent),
        new("model", UsageDimension.Model),
        new("provider", UsageDimension.Provider),
        new("tool", UsageDimension.Tool),
        new("host", UsageDimension.Host),
        new("repo", UsageDimension.Repository),
        new("project", UsageDimension.Project),
        new("session", UsageDimension.Session),
        new("status", UsageDimension.Status),
        new("day", UsageDimension.Day),
        new("hour", UsageDimension.Hour),
    ];

    /// <summary>Their words.</summary>
    public static string[] Names { get; } = [.. All.Select(by => by.Name)];
}
