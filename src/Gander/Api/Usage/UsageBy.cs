using Gander.Stores;

namespace Gander.Api.Usage;

/// <summary>What usage can be grouped by, as the API names it.</summary>
/// <param name="Name">The word.</param>
/// <param name="Dimension">What a store tells apart; null for persons and teams, which are found from identities.</param>
internal sealed record UsageBy(string Name, UsageDimension? Dimension)
{
    /// <summary>The person.</summary>
    public static UsageBy User { get; } = new("user", null);

    /// <summary>The team.</summary>
    public static UsageBy Team { get; } = new("team", null);

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<UsageBy> All { get; } =
    [
        User,
        Team,
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
