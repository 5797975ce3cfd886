namespace Gander.EndToEnd.Harness;

/// <summary>
/// What the tests of a class share, where a machine may lack something for it. The framework cannot skip a test from its
/// fixture, so the reason is kept and each test that reaches for a part is skipped with it.
/// </summary>
public abstract class OptionalStage : IAsyncLifetime
{
    // How xunit marks the exception of Assert.Skip (documented for extensions; its constant is not public).
    private const string SkipToken = "$XunitDynamicSkip$";

    private string? _absent;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await PrepareAsync(TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception.Message.StartsWith(SkipToken, StringComparison.Ordinal))
        {
            _absent = exception.Message[SkipToken.Length..];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CleanAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the parts; may skip.</summary>
    protected abstract ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Ends what was made, which may be a part of it or nothing.</summary>
    protected abstract ValueTask CleanAsync();

    /// <summary>A part, or the test is skipped.</summary>
    protected T Present<T>(T? part)
        where T : class
    {
        Assert.SkipUnless(_absent is null, _absent ?? "");
        return part!;
    }
}
