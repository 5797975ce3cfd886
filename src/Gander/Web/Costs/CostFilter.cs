namespace Gander.Web.Costs;

/// <summary>What counts on the page of costs; null for all.</summary>
/// <param name="User">The person.</param>
/// <param name="Team">The team.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Model">The model.</param>
/// <param name="Repository">The repository.</param>
public sealed record CostFilter(string? User, string? Team, string? Agent, string? Model, string? Repository)
{
    /// <summary>What restricts, as the address and the API name it.</summary>
    public IEnumerable<(string Name, string Value)> Parts =>
        from part in new[] { ("user", User), ("team", Team), ("agent", Agent), ("model", Model), ("repo", Repository) }
        where part.Item2 is not null
        select (part.Item1, part.Item2);
}
