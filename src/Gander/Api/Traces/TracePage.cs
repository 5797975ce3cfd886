using Gander.Api.Search;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Traces;

/// <summary>
/// One page of a search for traces. Matching spans are walked newest first; a trace stands where its newest matching span
/// stands and comes once over all pages, because the cursor carries the traces given out that reach further back.
/// </summary>
internal sealed class TracePage : IDisposable
{
    private const int MaxChunk = 1_000;

    // A trace seldom lasts longer than a day, and summing up must not search all of time.
    private const long ReachNanos = 24L * 3_600 * 1_000_000_000;

    // Nearly all are found whole so close by, in a tenth of the time.
    private const long NearReachNanos = 3_600L * 1_000_000_000;

    private readonly RecordWalk<SpanBatch> _walk;
    private readonly Dictionary<TraceId, TraceHit> _hits = [];
    private readonly List<TraceHit> _inOrder = [];

    // Traces of earlier pages that may have older spans, by a short id, with their start.
    private readonly Dictionary<ulong, long> _open;

    private TracePage(ISpanStore spans, RecordSearch search)
    {
        // Without conditions a trace comes with all its spans; with some, mostly with one or two. Each span read costs more than looking again.
        var spansATrace = search.ToQuery(RecordDetail.Columns).Conditions.Count == 0 ? 8 : 2;
        var chunk = Math.Clamp(search.Limit * spansATrace, 16, MaxChunk);
        _open = (search.Position?.OpenTraces ?? []).ToDictionary(trace => trace.Trace, trace => trace.StartNanos);
        _walk = new RecordWalk<SpanBatch>(
            search.ToQuery(RecordDetail.Columns) with { Limit = chunk },
            search.Position,
            spans.FindAsync,
            (batch, row) => batch.StartNanos[row],
            (batch, row) => ShortId(batch.TraceIds[row]) ^ batch.SpanIds[row].Value,
            keepBatches: true);
    }

    /// <summary>The traces, that with the newest matching span first.</summary>
    public IReadOnlyList<TraceHit> Hits => _inOrder;

    /// <summary>Where the next page begins, or null when there is nothing more.</summary>
    public PageCursor? Next { get; private set; }

    /// <summary>Finds a page; the caller disposes it.</summary>
    public static async Task<TracePage> FindAsync(ISpanStore spans, RecordSearch search, int maxScannedSpans, CancellationToken cancellationToken)
    {
        var page = new TracePage(spans, search);
        try
        {
            var more = await page.GatherAsync(search.Limit, maxScannedSpans, cancellationToken);
            await page.SummariseAsync(spans, cancellationToken);
            page.Next = more ? page.Cursor() : null;
            return page;
        }
        catch
        {
            page.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _walk.Dispose();

    private static ulong ShortId(TraceId id) => id.High ^ (id.Low * 0x9E3779B97F4A7C15);

    // Whether there may be more when it stops: at a trace beyond the page, or when it has looked at enough.
    private async Task<bool> GatherAsync(int limit, int maxScannedSpans, CancellationToken cancellationToken)
    {
        while (await _walk.HasNextAsync(cancellationToken))
        {
            var id = _walk.Batch.TraceIds[_walk.Row];
            if (!_open.ContainsKey(ShortId(id)) && !_hits.ContainsKey(id))
            {
                if (_inOrder.Count == limit)
                {
                    return true;
                }

                var hit = new TraceHit(_walk.Batch, _walk.Row);
                _hits.Add(id, hit);
                _inOrder.Add(hit);
            }

            _walk.Take();
            if (_walk.Scanned >= maxScannedSpans && _walk.Row == _walk.Batch.Count)
            {
                return true;
            }
        }

        return false;
    }

    private async Task SummariseAsync(ISpanStore spans, CancellationToken cancellationToken)
    {
        if (_inOrder.Count == 0)
        {
            return;
        }

        var near = Around(NearReachNanos);
        await SummariseAsync(spans, _hits.Keys, near, cancellationToken);
        var unsure = _inOrder.Where(hit => !IsWhole(hit.Summary, near)).Select(hit => hit.Id).ToList();
        if (unsure.Count > 0)
        {
            await SummariseAsync(spans, unsure, Around(ReachNanos), cancellationToken);
        }

        // What was deleted between the two reads is not there to be shown.
        _inOrder.RemoveAll(hit => hit.Summary is null);
    }

    // All of a trace lies between the start and the end of its root.
    private static bool IsWhole(TraceSummary? summary, TimeRange near) => summary is { RootName: not null } && summary.EndNanos < near.EndNanos;

    private async Task SummariseAsync(ISpanStore spans, IReadOnlyCollection<TraceId> traces, TimeRange near, CancellationToken cancellationToken)
    {
        foreach (var summary in await spans.SummariseTracesAsync(traces, near, cancellationToken))
        {
            _hits[summary.TraceId].Summary = summary;
        }
    }

    private TimeRange Around(long reachNanos)
    {
        var (oldest, newest) = (_walk.Position!.Position.TimeNanos, _inOrder[0].Batch.StartNanos[_inOrder[0].Row]);
        return new TimeRange(Math.Max(oldest, long.MinValue + reachNanos) - reachNanos, Math.Min(newest, long.MaxValue - reachNanos) + reachNanos);
    }

    private PageCursor Cursor()
    {
        var position = _walk.Position!;
        var open = _open.Select(trace => (trace.Key, trace.Value))
            .Concat(_inOrder.Select(hit => (ShortId(hit.Id), hit.Summary!.StartNanos)))
            .Where(trace => trace.Item2 <= position.Position.TimeNanos);
        return position with { OpenTraces = [.. open] };
    }
}
