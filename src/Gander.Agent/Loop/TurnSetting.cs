using Gander.Agent.Providers;
using Gander.Agent.Telemetry;
using Microsoft.Extensions.AI;

namespace Gander.Agent.Loop;

/// <summary>What a turn works with.</summary>
internal sealed record TurnSetting(
    Conversation Conversation,
    ModelConnection Model,
    IReadOnlyList<AITool> Tools,
    IToolGate Gate,
    AgentOptions Options,
    SessionScope? Telemetry,
    TimeProvider Time,
    Action<ModelCall> Record,
    Action<ToolResult> Count)
{
    /// <summary>The model as telemetry names it.</summary>
    public ModelTarget Target => new(Model.Provider, Model.Model, Model.Facts.MaxOutputTokens, Options.Temperature);
}
