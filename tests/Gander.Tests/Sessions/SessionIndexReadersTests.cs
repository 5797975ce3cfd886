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
}
