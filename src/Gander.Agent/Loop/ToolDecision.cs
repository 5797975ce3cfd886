namespace Gander.Agent.Loop;

/// <summary>What became of a request to call a tool.</summary>
public abstract record ToolDecision
{
    private ToolDecision()
    {
    }

    /// <summary>The call may run.</summary>
    public sealed record Allowed : ToolDecision
    {
        /// <summary>The one instance.</summary>
        public static Allowed Instance { get; } = new();
    }

    /// <summary>The call does not run and the turn goes on.</summary>
    /// <param name="Reason">A sentence the model sees as the call's result.</param>
    public sealed record Denied(string Reason) : ToolDecision;

    /// <summary>The call needs an approval nobody can give, so the turn ends as failed.</summary>
    /// <param name="Reason">A sentence for the person: what needed approval and what to change.</param>
    public sealed record Unanswerable(string Reason) : ToolDecision;
}
