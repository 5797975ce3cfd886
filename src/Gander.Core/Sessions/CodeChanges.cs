namespace Gander.Sessions;

/// <summary>What an agent says it did to code; null where it does not say.</summary>
/// <param name="LinesAdded">Lines added, as the agent counts them.</param>
/// <param name="LinesRemoved">Lines removed.</param>
/// <param name="Commits">Commits.</param>
/// <param name="PullRequests">Pull requests.</param>
public readonly record struct CodeChanges(long? LinesAdded, long? LinesRemoved, long? Commits, long? PullRequests)
{
    /// <summary>Adds two, part by part; a part that only one side knows is that side's.</summary>
    public static CodeChanges operator +(CodeChanges left, CodeChanges right) => new(
        Sum(left.LinesAdded, right.LinesAdded),
        Sum(left.LinesRemoved, right.LinesRemoved),
        Sum(left.Commits, right.Commits),
        Sum(left.PullRequests, right.PullRequests));

    private static long? Sum(long? left, long? right) => left is null ? right : right is null ? left : left + right;
}
