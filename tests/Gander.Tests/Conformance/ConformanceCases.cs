using System.Collections.Concurrent;

namespace Gander.Tests.Conformance;

/// <summary>The cases that one test runs over one folder. A case never stops the ones after it. Thread-safe.</summary>
public sealed class ConformanceCases(string name)
{
    /// <summary>Failures whose text is shown; the rest are counted, so that a broken parser does not print a book.</summary>
    public const int MaxShownFailures = 200;

    // How xunit marks the exception of Assert.Skip (documented for extensions; its constant is not public).
    private const string SkipToken = "$XunitDynamicSkip$";

    private readonly ConcurrentQueue<string> _failures = new();
    private int _passed;
    private int _skipped;

    /// <summary>The folder's name.</summary>
    public string Name { get; } = name;

    /// <summary>Cases that held.</summary>
    public int Passed => _passed;

    /// <summary>Cases that did not.</summary>
    public int Failed => _failures.Count;

    /// <summary>Cases left out, each with a reason.</summary>
    public int Skipped => _skipped;

    /// <summary>Runs one case: it passes when <paramref name="check"/> returns and fails when it throws.</summary>
    public void Check(string id, Action check)
    {
        try
        {
            check();
            Interlocked.Increment(ref _passed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Record(id, exception);
        }
    }

    /// <inheritdoc cref="Check"/>
    public async Task CheckAsync(string id, Func<Task> check)
    {
        try
        {
            await check();
            Interlocked.Increment(ref _passed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Record(id, exception);
        }
    }

    /// <summary>Counts one case as left out and prints why.</summary>
    public void Skip(string id, string reason)
    {
        Interlocked.Increment(ref _skipped);
        Console.WriteLine($"{Name}: skipped {id}: {reason}");
    }

    /// <summary>Fails the test with the name and reason of each failed case. A folder without any case fails too.</summary>
    public void AssertAllPassed()
    {
        if (!_failures.IsEmpty)
        {
            Assert.Fail(string.Join('\n', [
                $"{Name}: {Failed} of {Failed + Passed} cases failed",
                .. _failures.Take(MaxShownFailures),
                .. Failed > MaxShownFailures ? [$"and {Failed - MaxShownFailures} more"] : Array.Empty<string>()]));
        }

        Assert.True(Passed + Skipped > 0, $"{Name}: no case was found");
    }

    private void Record(string id, Exception exception)
    {
        if (exception.Message.StartsWith(SkipToken, StringComparison.Ordinal))
        {
            Skip(id, exception.Message[SkipToken.Length..]);
            return;
        }

        _failures.Enqueue($"{id}: {exception.Message.ReplaceLineEndings(" ")}");
    }
}
