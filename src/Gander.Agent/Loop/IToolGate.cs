namespace Gander.Agent.Loop;

/// <summary>Decides whether a tool may be called, possibly by asking the person. Calls of one answer are put to it one after the other, before any of them runs.</summary>
public interface IToolGate
{
    /// <summary>Decides about one call. A gate that asks must return or throw soon after <paramref name="cancellationToken"/> is cancelled: that is the person interrupting the turn.</summary>
    ValueTask<ToolDecision> DecideAsync(ToolRequest request, CancellationToken cancellationToken);
}
