using Gander.Ingest;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Otlp;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gander.Tests.Ingest;

public sealed class IngestQueueTests : IAsyncDisposable
{
    private readonly BlockingStore _store = new();
    private readonly List<(string Name, long? Sequence)> _seen = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exports_that_wait_are_committed_together_and_answered_after_the_commit()
    {
        var queue = Start();
        var first = SubmitAsync(queue, "first");
        await _store.Entered;
        var second = SubmitAsync(queue, "second");
        var third = SubmitAsync(queue, "third");

        Assert.False(first.IsCompleted || second.IsCompleted || third.IsCompleted);
        _store.LetGo();
        var outcomes = await Task.WhenAll(first, second, third);
        await queue.StopAsync();

        Assert.All(outcomes, outcome => Assert.Equal(new ExportOutcome.Accepted(0, null), outcome));
        Assert.Equal([1, 2], _store.Writes);
        Assert.Equal([("first", 1L), ("second", 2L), ("third", 3L)], _seen.Select(seen => (seen.Name, seen.Sequence ?? 0)));
    }

    [Fact]
    public async Task A_commit_takes_no_more_exports_than_its_records_allow()
    {
        var queue = Start(new IngestOptions { MaxCommitRecords = 2 });
        var first = SubmitAsync(queue, "first");
        await _store.Entered;
        var others = Enumerable.Range(0, 5).Select(number => SubmitAsync(queue, $"{number}")).ToList();

        _store.LetGo();
        await Task.WhenAll(others.Append(first));
        await queue.StopAsync();

        Assert.Equal([1, 2, 2, 1], _store.Writes);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        var queue = Start(new IngestOptions { MaxQueuedExports = 1 });
        var first = SubmitAsync(queue, "first");
        await _store.Entered;
        var second = SubmitAsync(queue, "second");

        var third = await SubmitAsync(queue, "third");

        Assert.IsType<ExportOutcome.Overloaded>(third);
        _store.LetGo();
        await Task.WhenAll(first, second);
        await queue.StopAsync();
    }

    [Fact]
    public async Task An_export_that_is_sent_again_is_answered_alike_and_seen_without_a_number()
    {
        _store.IsOpen = true;
        var queue = Start();
        var fingerprint = new ExportFingerprint(1, 2);

        var outcomes = new[] { await SubmitAsync(queue, "first", fingerprint), await SubmitAsync(queue, "again", fingerprint), await SubmitAsync(queue, "other") };
        await queue.StopAsync();

        Assert.All(outcomes, outcome => Assert.IsType<ExportOutcome.Accepted>(outcome));
        Assert.Equal([("first", 1L), ("again", null), ("other", 2L)], _seen.Select(seen => (seen.Name, seen.Sequence)));
    }

    [Fact]
    public async Task Nothing_is_accepted_while_the_store_takes_no_writes_and_everything_once_it_does()
    {
        _store.IsOpen = true;
        _store.Failure = _ => new StoreUnavailableException("The disk is full.");
        var queue = Start();

        var refused = await SubmitAsync(queue, "first");
        _store.Failure = _ => null;
        var accepted = await SubmitAsync(queue, "first");
        await queue.StopAsync();

        Assert.Equal(new ExportOutcome.Unavailable("The disk is full."), refused);
        Assert.IsType<ExportOutcome.Accepted>(accepted);
    }

    [Fact]
    public async Task One_export_that_the_store_cannot_take_does_not_fail_the_others()
    {
        _store.Failure = batches => batches.Any(batch => Name(batch) == "bad") ? new InvalidOperationException("cannot") : null;
        var queue = Start();
        var first = SubmitAsync(queue, "first");
        await _store.Entered;
        var good = SubmitAsync(queue, "good");
        var bad = SubmitAsync(queue, "bad");

        _store.LetGo();

        Assert.IsType<ExportOutcome.Accepted>(await first);
        Assert.IsType<ExportOutcome.Accepted>(await good);
        Assert.IsType<ExportOutcome.Failed>(await bad);
        await queue.StopAsync();
    }

    [Fact]
    public async Task An_export_without_records_needs_no_write()
    {
        _store.IsOpen = true;
        var queue = Start();
        using var export = queue.Begin();

        var outcome = await export.SubmitAsync(2, "both were wrong", Cancel);
        await queue.StopAsync();

        Assert.Equal(new ExportOutcome.Accepted(2, "both were wrong"), outcome);
        Assert.Empty(_store.Writes);
    }

    [Fact]
    public async Task Stopping_writes_what_was_taken_and_refuses_the_rest()
    {
        var queue = Start();
        var first = SubmitAsync(queue, "first");
        await _store.Entered;
        var second = SubmitAsync(queue, "second");

        var stopping = queue.StopAsync();
        var late = await SubmitAsync(queue, "late");
        _store.LetGo();
        await stopping;

        Assert.IsType<ExportOutcome.Unavailable>(late);
        Assert.All(await Task.WhenAll(first, second), outcome => Assert.IsType<ExportOutcome.Accepted>(outcome));
        Assert.Equal(["first", "second"], _seen.Select(seen => seen.Name));
    }

    [Fact]
    public async Task Memory_is_given_back_whatever_becomes_of_an_export()
    {
        var held = new HeldBytes(1_000_000);
        _store.IsOpen = true;
        var queue = Start(held: held);

        using (var abandoned = queue.Begin())
        {
            Assert.True(abandoned.TryHold(600_000));
            using var other = queue.Begin();
            Assert.False(other.TryHold(600_000));
        }

        using (var stored = queue.Begin())
        {
            Some.Span("first").AddTo(stored.Batch);
            Assert.True(stored.TryHold(600_000));
            await stored.SubmitAsync(0, null, Cancel);
        }

        await queue.StopAsync();
        Assert.Equal(0, held.Current);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static async Task<ExportOutcome> SubmitAsync(IngestQueue<SpanBatch> queue, string name, ExportFingerprint fingerprint = default)
    {
        using var export = queue.Begin();
        Some.Span(name).AddTo(export.Batch);
        export.Batch.Fingerprint = fingerprint;
        return await export.SubmitAsync(0, null, Cancel);
    }

    private static string Name(SpanBatch batch) => batch.Text.ToString(batch.Names[0]);

    private IngestQueue<SpanBatch> Start(IngestOptions? options = null, HeldBytes? held = null)
    {
        held ??= new HeldBytes(1_000_000_000);
        var queue = new IngestQueue<SpanBatch>(
            Signal.Traces,
            options ?? new IngestOptions(),
            held,
            _store.WriteAsync,
            (batch, notice) => _seen.Add((batch.Count == 0 ? "" : Name(batch), notice.Sequence)),
            new IngestMeter(held),
            TimeProvider.System,
            NullLogger.Instance);
        queue.Start();
        return queue;
    }
}
