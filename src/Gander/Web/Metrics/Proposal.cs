namespace Gander.Web.Metrics;

/// <summary>One thing that may be written at a place of a query.</summary>
/// <param name="Text">What is put in.</param>
/// <param name="Kind">What it is, in one word.</param>
/// <param name="Note">A few words more, or empty.</param>
internal sealed record Proposal(string Text, string Kind, string Note)
{
    /// <summary>How it is shown and found, where that differs from what is put in.</summary>
    public string Label { get; init; } = Text;
}
