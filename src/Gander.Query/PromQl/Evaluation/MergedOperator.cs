using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// A vector in which each label set occurs once: <c>a or b</c> and its like may have one series at some steps from here and at
/// others from there, and a window over them sees one series.
/// </summary>
internal sealed class MergedOperator : VectorOperator
{
    private readonly VectorOperator _inner;
    private readonly List<List<int>> _sources;
    private readonly List<ResultSeries> _series;

    private MergedOperator(VectorOperator inner, List<List<int>> sources)
    {
        _inner = inner;
        _sources = sources;
        _series = sources.ConvertAll(indexes => inner.Series[indexes[0]]);
    }

    public override IReadOnlyList<ResultSeries> Series => _series;

    /// <summary>The vector with equal label sets merged; the vector itself where there are none.</summary>
    public static VectorOperator Of(VectorOperator inner)
    {
        var groups = new Dictionary<Labels, List<int>>();
        var sources = new List<List<int>>();
        for (var i = 0; i < inner.Series.Count; i++)
        {
            if (groups.TryGetValue(inner.Series[i].Labels, out var indexes))
            {
                indexes.Add(i);
                continue;
            }

            groups.Add(inner.Series[i].Labels, indexes = [i]);
            sources.Add(indexes);
        }

        return sources.Count == inner.Series.Count ? inner : new MergedOperator(inner, sources);
    }

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        for (var i = 0; i < blocks.Length; i++)
        {
            var indexes = _sources[first + i];
            await _inner.ReadAsync(indexes[0], blocks.Slice(i, 1), scratch).ConfigureAwait(false);
            foreach (var index in indexes.Skip(1))
            {
                var other = scratch.Inner.Blocks(1, blocks.Span[i].Steps);
                await _inner.ReadAsync(index, other, scratch.Inner).ConfigureAwait(false);
                Merge(blocks.Span[i], other.Span[0]);
            }
        }
    }

    private static void Merge(StepBlock into, StepBlock other)
    {
        for (var step = 0; step < other.Steps; step++)
        {
            if (!other.Has(step))
            {
                continue;
            }

            if (into.Has(step))
            {
                throw new QueryException(QueryErrorKind.Execution, "vector cannot contain metrics with the same labelset");
            }

            into.SetFrom(other, step);
        }
    }
}
