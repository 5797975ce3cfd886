using Gander.Agent.Loop;

namespace Gander.Tests.Agent.Loop;

/// <summary>A gate that always decides the same.</summary>
internal sealed class FixedGate(ToolDecision decision) : IToolGate
{
    public ValueTask<ToolDecision> DecideAsync(ToolRequest request, CancellationToken cancellationToken) => new(decision);
}
