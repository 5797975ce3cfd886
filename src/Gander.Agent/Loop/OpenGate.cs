namespace Gander.Agent.Loop;

/// <summary>Lets every call run: for agents whose tools can do no harm.</summary>
public sealed class OpenGate : IToolGate
{
    /// <inheritdoc/>
    public ValueTask<ToolDecision> DecideAsync(ToolRequest request, CancellationToken cancellationToken) => new(ToolDecision.Allowed.Instance);
}
