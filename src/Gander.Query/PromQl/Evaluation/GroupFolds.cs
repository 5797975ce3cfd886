using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>The folds of those groups that some series belong to. Not thread-safe; their memory counts towards the query's limit.</summary>
/// <param name="expression">The aggregation.</param>
/// <param name="context">The steps.</param>
/// <param name="spares">Folds to use again; those that are merged go there.</param>
internal sealed class GroupFolds(Expression.Aggregate expression, EvaluationContext context, ConcurrentBag<GroupFold> spares)
{
    private readonly Dictionary<int, GroupFold> _folds = [];

    public void Add(int group, StepBlock block, ResultSeries series)
    {
        ref var fold = ref CollectionsMarshal.GetValueRefOrAddDefault(_folds, group, out _);
        if (fold is null)
        {
            fold = Create();
        }

        fold.Add(block, series);
    }

    /// <summary>Adds folds of series behind the ones here; <paramref name="others"/> must not be used any more.</summary>
    public void Merge(GroupFolds others)
    {
        foreach (var (group, other) in others._folds)
        {
            ref var fold = ref CollectionsMarshal.GetValueRefOrAddDefault(_folds, group, out var isKnown);
            if (isKnown)
            {
                fold!.Merge(other);
                other.Clear();
                spares.Add(other);
            }
            else
            {
                fold = other;
            }
        }
    }

    /// <summary>The values of each of <paramref name="count"/> groups.</summary>
    public StepBlock[] Finish(int count)
    {
        var blocks = new StepBlock[count];
        for (var group = 0; group < count; group++)
        {
            blocks[group] = _folds.TryGetValue(group, out var fold) ? fold.Finish() : new StepBlock(context.Steps);
        }

        return blocks;
    }

    private GroupFold Create()
    {
        if (spares.TryTake(out var spare))
        {
            return spare;
        }

        var fold = GroupFold.Create(expression, context);
        context.Query.Reserve(fold.Bytes);
        return fold;
    }
}
