using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Sessions.Indexing;

/// <summary>
/// Gives the fold what was stored and never observed, after a crash or when more came than could wait: the same facts in
/// the order of arrival. It folds and saves as it goes, so that it takes up where it was when it is stopped. Not thread-safe.
/// </summary>
internal sealed class SessionCatchUp(ISpanStore spans, ILogStore logs, SessionFolder folder)
{
    private const int FactsAFold = 50_000;

    private readonly PendingFacts _read = new(int.MaxValue);

    /// <summary>Folds all exports after <paramref name="from"/> up to and with <paramref name="through"/>.</summary>
    public async Task RunAsync(FoldProgress from, FoldProgress through, Func<FoldContext> context, CancellationToken cancellationToken)
    {
        await using var nextSpans = Read(spans.ReadExportsAsync(new ExportRange(from.Spans, through.Spans), RecordDetail.Everything, cancellationToken));
        await using var nextLogs = Read(logs.ReadExportsAsync(new ExportRange(from.Logs, through.Logs), RecordDetail.Everything, cancellationToken));
        var (spansReach, logsReach) = (long.MinValue, long.MinValue);
        var (hasSpans, hasLogs) = (from.Spans < through.Spans, from.Logs < through.Logs);
        while (hasSpans || hasLogs)
        {
            // The two signals keep step, so that what belongs together is in memory together.
            if (hasSpans && (!hasLogs || spansReach <= logsReach))
            {
                hasSpans = await nextSpans.MoveNextAsync().ConfigureAwait(false);
                if (hasSpans)
                {
                    using var batch = nextSpans.Current.Batch;
                    _read.Add(batch, nextSpans.Current.LastSequence);
                    spansReach = batch.EndNanos[batch.Count - 1];
                }
            }
            else
            {
                hasLogs = await nextLogs.MoveNextAsync().ConfigureAwait(false);
                if (hasLogs)
                {
                    using var batch = nextLogs.Current.Batch;
                    _read.Add(batch, nextLogs.Current.LastSequence);
                    logsReach = batch.EffectiveNanos(batch.Count - 1);
                }
            }

            if (_read.Count >= FactsAFold)
            {
                Hand(context());
                await folder.FoldAsync(context(), force: true, cancellationToken).ConfigureAwait(false);
            }
        }

        Hand(context());
        folder.Advance(through);
    }

    private static IAsyncEnumerator<StoredExports<TBatch>> Read<TBatch>(IAsyncEnumerable<StoredExports<TBatch>> exports)
        where TBatch : TelemetryBatch => exports.GetAsyncEnumerator(CancellationToken.None);

    private void Hand(FoldContext context)
    {
        var content = _read.Take();
        folder.Add(content, context.NowNanos);
        _read.Recycle(content);
    }
}
