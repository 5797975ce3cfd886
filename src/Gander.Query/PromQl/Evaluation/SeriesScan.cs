namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// Reads all series of an operator, a few at a time and on several threads where there are many. Work is cut into chunks whose
/// bounds depend on the series alone, and results of chunks are put together in their order, so that answers are the same on any
/// number of threads.
/// </summary>
internal static class SeriesScan
{
    /// <summary>Series of one chunk.</summary>
    public const int ChunkSeries = 256;

    // What is read at a time: few enough that samples stay near the core from decoding to the last operator.
    private const int BatchValues = 65_536;
    private const int MaxBatchSeries = 64;

    /// <summary>Hands each series to <paramref name="take"/>, those of one chunk in order; different chunks may come at once and in any order.</summary>
    public static ValueTask EachAsync(VectorOperator inner, EvaluationContext context, Action<int, StepBlock> take) =>
        ChunksAsync(inner.Series.Count, context, (from, to, scratch) => ReadAsync(inner, from, to, context, scratch, take));

    /// <summary>Folds each chunk into a part of its own and merges the parts in order, one at a time.</summary>
    public static async ValueTask FoldAsync<TPart>(
        VectorOperator inner, EvaluationContext context, Func<TPart> create, Action<TPart, int, StepBlock> add, Action<TPart> merge)
        where TPart : class
    {
        var parts = new TPart?[ChunksOf(inner.Series.Count)];
        var merged = 0;
        var gate = new Lock();
        await ChunksAsync(inner.Series.Count, context, async (from, to, scratch) =>
        {
            var part = create();
            await ReadAsync(inner, from, to, context, scratch, (index, block) => add(part, index, block)).ConfigureAwait(false);
            lock (gate)
            {
                parts[from / ChunkSeries] = part;
                for (; merged < parts.Length && parts[merged] is { } ready; merged++)
                {
                    merge(ready);
                    parts[merged] = null;
                }
            }
        }).ConfigureAwait(false);
    }

    /// <summary>All values, for operators that need them together; they must not be changed.</summary>
    public static async ValueTask<IReadOnlyList<StepBlock>> ReadAllAsync(VectorOperator inner, EvaluationContext context)
    {
        if (inner is MaterialisedOperator materialised)
        {
            return materialised.Blocks;
        }

        context.Query.Reserve(inner.Series.Count * StepBlock.BytesOf(context.Steps));
        var blocks = new StepBlock[inner.Series.Count];
        await ChunksAsync(blocks.Length, context, async (from, to, scratch) =>
        {
            for (var i = from; i < to; i++)
            {
                blocks[i] = new StepBlock(context.Steps);
            }

            await inner.ReadAsync(from, blocks.AsMemory(from, to - from), scratch).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return blocks;
    }

    /// <summary>Runs <paramref name="work"/> over all chunks, each thread with a scratch of its own.</summary>
    public static async ValueTask ChunksAsync(int series, EvaluationContext context, Func<int, int, ReadScratch, ValueTask> work)
    {
        var chunks = ChunksOf(series);
        var workers = Math.Min(chunks, context.Query.Limits.MaxWorkers);
        var next = -1;
        if (workers <= 1)
        {
            await WorkAsync().ConfigureAwait(false);
            return;
        }

        var tasks = new Task[workers];
        for (var i = 0; i < workers; i++)
        {
            tasks[i] = Task.Run(WorkAsync);
        }

        await Task.WhenAll(tasks).ConfigureAwait(false);

        async Task WorkAsync()
        {
            var scratch = new ReadScratch();
            for (var chunk = Interlocked.Increment(ref next); chunk < chunks; chunk = Interlocked.Increment(ref next))
            {
                context.Query.CancellationToken.ThrowIfCancellationRequested();
                var from = chunk * ChunkSeries;
                try
                {
                    await work(from, Math.Min(series, from + ChunkSeries), scratch).ConfigureAwait(false);
                }
                catch
                {
                    // The other threads need not go on with an answer that nobody gets.
                    Volatile.Write(ref next, chunks);
                    throw;
                }
            }
        }
    }

    private static int ChunksOf(int series) => (series + ChunkSeries - 1) / ChunkSeries;

    private static async ValueTask ReadAsync(
        VectorOperator inner, int from, int to, EvaluationContext context, ReadScratch scratch, Action<int, StepBlock> take)
    {
        var batch = Math.Clamp(BatchValues / context.Steps, 1, MaxBatchSeries);
        for (var first = from; first < to; first += batch)
        {
            context.Query.CancellationToken.ThrowIfCancellationRequested();
            var blocks = scratch.Blocks(Math.Min(batch, to - first), context.Steps);
            await inner.ReadAsync(first, blocks, scratch).ConfigureAwait(false);
            for (var i = 0; i < blocks.Length; i++)
            {
                take(first + i, blocks.Span[i]);
            }
        }
    }
}
