namespace Gander.Commands.Agents;

/// <summary>Something that was looked at, and how it is. No text in it holds a secret.</summary>
/// <param name="Id">A stable name for programs, such as <c>protocol.grpc</c>.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="What">What is so: a sentence without its full stop.</param>
/// <param name="Why">Why it matters; empty when all is well.</param>
/// <param name="Fix">The line to change, ready to be copied; empty when there is nothing to change.</param>
internal sealed record Finding(string Id, FindingLevel Level, string What, string Why = "", string Fix = "")
{
    public static Finding Ok(string id, string what) => new(id, FindingLevel.Ok, what);

    public static Finding Note(string id, string what, string why, string fix = "") => new(id, FindingLevel.Note, what, why, fix);

    public static Finding Warning(string id, string what, string why, string fix) => new(id, FindingLevel.Warning, what, why, fix);

    public static Finding Problem(string id, string what, string why, string fix) => new(id, FindingLevel.Problem, what, why, fix);
}
