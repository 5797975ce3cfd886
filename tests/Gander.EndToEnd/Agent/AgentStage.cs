using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary>A scripted model and the agent, shared by the tests of a class. Skips them where Node is absent.</summary>
public sealed class AgentStage : OptionalStage
{
    private FakeModel? _model;
    private GanderAgent? _agent;

    internal FakeModel Model => Present(_model);

    internal GanderAgent Agent => Present(_agent);

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        _model = await FakeModel.StartAsync(cancellationToken);
        _agent = new GanderAgent(_model);
    }

    protected override async ValueTask CleanAsync()
    {
        _agent?.Dispose();
        await (_model?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
