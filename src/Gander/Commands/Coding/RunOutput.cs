using Gander.Agent.Loop;

namespace Gander.Commands.Coding;

/// <summary>Shows a run. What a program may want to read goes to standard output, the rest to standard error.</summary>
internal abstract class RunOutput
{
    /// <summary>The session is there and nothing was asked yet.</summary>
    public virtual void Begin(AgentHost host)
    {
    }

    /// <summary>Something happened.</summary>
    public abstract void Show(AgentEvent happened);

    /// <summary>The turn is over.</summary>
    public abstract void End(AgentHost host, TurnOutcome outcome);
}
