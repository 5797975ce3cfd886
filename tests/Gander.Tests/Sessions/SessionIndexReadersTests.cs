using Gander.Sessions;
using Gander.Stores;
using Gander.Tests.Stores;

namespace Gander.Tests.Sessions;

public sealed class SessionIndexReadersTests
{
    [Fact]
    public async Task A_list_does_not_wait_for_a_long_fold_and_a_reader_that_leaves_does_not_stop_it()
    {
        var go = new TaskCompletionSource();
        var store = new InMemoryStore();
        await using var index = new SessionIndex(store.Spans, store.Logs, store.Metrics, new SlowSessionStore(go.Task), new ManualTime("2026-03-10T12:05Z"), new SessionIndexOptions());
        var batch = Some.SpanBatch(Some.Span(session: "s1"));
        index.Observe(batch, (await store.Spans.WriteAsync([batch], TestContext.Current.CancellationToken)).Sequence);

        using var leaving = new CancellationTokenSource();
        var left = index.ListAsync(new SessionQuery(), leaving.Token);
        await leaving.CancelAsync();
        var early = await index.ListAsync(new SessionQuery(), TestContext.Current.CancellationToken);
        go.SetResult();
        await index.FlushAsync(TestContext.Current.CancellationToken);
        var late = await index.ListAsync(new SessionQuery(), TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Empty(early);
        Assert.Equal("s1", Assert.Single(late).Id);
    }

    [Fact]
    public async Task Behind_a_fold_that_has_run_for_long_a_list_waits_no_more()
    {
        var go = new TaskCompletionSource();
        var store = new InMemoryStore();
        var time = new StandingClock();
        await using var index = new SessionIndex(store.Spans, store.Logs, store.Metrics, new SlowSessionStore(go.Task), time, new SessionIndexOptions());
        var batch = Some.SpanBatch(Some.Span(session: "s1"));
        index.Observe(batch, (await store.Spans.WriteAsync([batch], TestContext.Current.CancellationToken)).Sequence);
        var folding = index.FlushAsync(TestContext.Current.CancellationToken);
        time.Seconds = 1;

        var current = await index.FreshenAsync(TestContext.Current.CancellationToken);

        go.SetResult();
        await folding;
        Assert.False(current);
        Assert.True(await index.FreshenAsync(TestContext.Current.CancellationToken));
    }

    // Its timers never fire, so that whoever waits by it waits forever.
    private sealed class StandingClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => 1 + Seconds;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            TimeProvider.System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
