using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary>A scripted model shared by the tests of a class. Skips them where there is no Node or no script.</summary>
public sealed class TalkStage : OptionalStage
{
    private FakeModel? _model;

    /// <summary>An agent with a new home.</summary>
    internal Talk NewTalk() => new(Present(_model));

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken) => _model = await FakeModel.StartAsync(cancellationToken);

    protected override ValueTask CleanAsync() => _model?.DisposeAsync() ?? ValueTask.CompletedTask;
}
