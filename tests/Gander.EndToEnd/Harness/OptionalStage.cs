using System.Runtime.ExceptionServices;

namespace Gander.EndToEnd.Harness;

/// <summary>
/// What the tests of a class share, where a machine may lack something for it. The framework makes it also for tests that
/// are not to run, and cannot skip a test from it: what stopped its making is kept, and thrown by each test that reaches for
/// a part. So a test that runs is skipped or fails, and one that does not run does neither.
/// </summary>
public abstract class OptionalStage : IAsyncLifetime
{
    private ExceptionDispatchInfo? _absence;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await PrepareAsync(TestContext.Current.CancellationToken);
        }
        catch (Exception exception)
        {
            _absence = ExceptionDispatchInfo.Capture(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CleanAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the parts; may skip, or fail.</summary>
    protected abstract ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Ends what was made, which may be a part of it or nothing.</summary>
    protected abstract ValueTask CleanAsync();

    /// <summary>A part, or the test ends as the making of it did.</summary>
    protected T Present<T>(T? part)
        where T : class
    {
        _absence?.Throw();
        return part ?? throw new InvalidOperationException($"{GetType().Name} made no {typeof(T).Name}.");
    }
}
