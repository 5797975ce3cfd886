namespace Gander.Tests.Sessions;

/// <summary>One fact of a captured run.</summary>
/// <param name="Name">What it is, the same for all runs.</param>
/// <param name="Expected">What really happened.</param>
/// <param name="Actual">What the sessions show.</param>
/// <param name="IsMissing">Whether the two differ and a session says why.</param>
internal sealed record AgentFact(string Name, string Expected, string Actual, bool IsMissing)
{
    public bool IsRight => Expected == Actual;

    public bool IsWrong => !IsRight && !IsMissing;

    public override string ToString() => $"{Name}: expected '{Expected}', folded '{Actual}'{(IsMissing ? " (said to be missing)" : "")}";
}
