using Gander.Sessions;
using Gander.Sessions.Calls;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Tests.Stores;

namespace Gander.Tests.Sessions;

public sealed class SessionIndexTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_could_not_be_saved_is_saved_by_the_next_round()
    {
        var (store, sessions) = (new InMemoryStore(), new FullDisk());
        await using var index = new SessionIndex(store.Spans, store.Logs, store.Metrics, sessions, new ManualTime("2026-03-10T13:00Z"), new SessionIndexOptions());
        var span = Some.SpanBatch(Some.Span("reply", session: "20260310_1"));
        index.Observe(span, (await store.Spans.WriteAsync([span], Cancel)).Sequence);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => index.FlushAsync(Cancel));
        sessions.IsFull = false;
        var listed = await index.ListAsync(new SessionQuery(), Cancel);

        Assert.Equal("20260310_1", Assert.Single(listed).Id);
        Assert.Equal(new FoldProgress(1, 0) { Version = SessionFold.Version }, await sessions.ReadProgressAsync(Cancel));
    }

    [Fact]
    public async Task What_could_not_be_saved_is_not_called_current()
    {
        var (store, sessions) = (new InMemoryStore(), new FullDisk());
        await using var index = new SessionIndex(store.Spans, store.Logs, store.Metrics, sessions, new ManualTime("2026-03-10T13:00Z"), new SessionIndexOptions());
        var span = Some.SpanBatch(Some.Span("reply", session: "20260310_1"));
        index.Observe(span, (await store.Spans.WriteAsync([span], Cancel)).Sequence);

        var full = await index.FreshenAsync(Cancel);
        sessions.IsFull = false;
        var free = await index.FreshenAsync(Cancel);

        Assert.Equal((false, true), (full, free));
    }

    [Fact]
    public async Task A_session_that_falls_silent_stops_running_without_new_telemetry()
    {
        await using var telemetry = new IndexedTelemetry(now: "2026-03-10T12:01Z");
        await telemetry.DeliverAsync(Some.SpanBatch(Some.Span("reply", session: "20260310_1")));

        var before = (await telemetry.ListAsync())[0].Status;
        telemetry.Time.Advance(TimeSpan.FromMinutes(10));
        var after = (await telemetry.ListAsync())[0].Status;

        Assert.Equal((SessionStatus.Running, SessionStatus.Ok), (before, after));
    }

    [Fact]
    public async Task A_key_that_is_not_there_reads_as_nothing()
    {
        await using var telemetry = new IndexedTelemetry();

        Assert.Null(await telemetry.Index.ReadAsync("20260310_1-nobody", Cancel));
    }

    /// <summary>A session store whose disk is full until it is not.</summary>
    private sealed class FullDisk : ISessionStore
    {
        private readonly InMemorySessionStore _sessions = new();

        public bool IsFull { get; set; } = true;

        public Task SaveAsync(
            IReadOnlyList<SessionSummary> sessions, IReadOnlyList<SessionCalls> calls, IReadOnlyList<SessionUsage> usage, IReadOnlyCollection<string> removedKeys, FoldProgress progress, CancellationToken cancellationToken) =>
            IsFull ? throw new StoreUnavailableException("the disk is full") : _sessions.SaveAsync(sessions, calls, usage, removedKeys, progress, cancellationToken);

        public Task<FoldProgress> ReadProgressAsync(CancellationToken cancellationToken) => _sessions.ReadProgressAsync(cancellationToken);

        public Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken) => _sessions.ListAsync(query, cancellationToken);

        public Task<IReadOnlyList<SessionCalls>> ListCallsAsync(SessionQuery query, CancellationToken cancellationToken) => _sessions.ListCallsAsync(query, cancellationToken);

        public Task<IReadOnlyList<SessionUsage>> ListUsageAsync(SessionQuery query, CancellationToken cancellationToken) => _sessions.ListUsageAsync(query, cancellationToken);

        public Task<IReadOnlyList<UsageGroup>> SumUsageAsync(UsageQuery query, CancellationToken cancellationToken) => _sessions.SumUsageAsync(query, cancellationToken);

        public Task ReadActivityAsync(ActivityQuery query, SessionActivityHandler take, CancellationToken cancellationToken) => _sessions.ReadActivityAsync(query, take, cancellationToken);

        public Task<SessionSummary?> FindAsync(string key, CancellationToken cancellationToken) => _sessions.FindAsync(key, cancellationToken);
    }
}
