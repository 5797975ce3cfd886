using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary><c>and</c>, <c>or</c>, <c>unless</c>: series of one side by what the other side has at the same step.</summary>
internal static class SetBinary
{
    public static async ValueTask<VectorOperator> RunAsync(
        Expression.Binary expression, VectorOperator left, VectorOperator right, EvaluationContext context)
    {
        var selection = MatchSignatures.Of(expression.Matching!);
        return expression.Operator == BinaryOperator.Or
            ? new UnionOperator(left, right, await PresenceAsync(left, selection, context).ConfigureAwait(false))
            : new FilterOperator(left, await PresenceAsync(right, selection, context).ConfigureAwait(false), expression.Operator == BinaryOperator.And);
    }

    /// <summary>At which steps any series of a group has a value.</summary>
    private static async ValueTask<Dictionary<Labels, StepBlock>> PresenceAsync(VectorOperator vector, LabelSelection selection, EvaluationContext context)
    {
        var presence = new Dictionary<Labels, StepBlock>(selection);
        foreach (var series in vector.Series)
        {
            if (!presence.ContainsKey(series.Labels))
            {
                context.Query.Reserve(StepBlock.BytesOf(context.Steps));
                presence.Add(series.Labels, new StepBlock(context.Steps));
            }
        }

        await SeriesScan.EachAsync(vector, context, (index, block) =>
        {
            var group = presence[vector.Series[index].Labels];
            lock (group)
            {
                for (var word = 0; word < block.Presence.Length; word++)
                {
                    group.MarkWord(word, block.Presence[word]);
                }
            }
        }).ConfigureAwait(false);
        return presence;
    }

    private static void Unset(StepBlock block, StepBlock? others, bool wherePresent)
    {
        for (var word = 0; word < block.Presence.Length; word++)
        {
            var present = others?.Presence[word] ?? 0;
            block.UnsetWord(word, wherePresent ? present : ~present);
        }
    }

    private sealed class FilterOperator(VectorOperator left, Dictionary<Labels, StepBlock> presence, bool keepsMatched) : VectorOperator
    {
        public override IReadOnlyList<ResultSeries> Series => left.Series;

        public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
        {
            await left.ReadAsync(first, blocks, scratch).ConfigureAwait(false);
            for (var i = 0; i < blocks.Length; i++)
            {
                Unset(blocks.Span[i], presence.GetValueOrDefault(left.Series[first + i].Labels), wherePresent: !keepsMatched);
            }
        }
    }

    private sealed class UnionOperator(VectorOperator left, VectorOperator right, Dictionary<Labels, StepBlock> presence) : VectorOperator
    {
        public override IReadOnlyList<ResultSeries> Series { get; } = [.. left.Series, .. right.Series];

        public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
        {
            var fromLeft = Math.Clamp(left.Series.Count - first, 0, blocks.Length);
            if (fromLeft > 0)
            {
                await left.ReadAsync(first, blocks[..fromLeft], scratch).ConfigureAwait(false);
            }

            if (fromLeft == blocks.Length)
            {
                return;
            }

            var firstRight = first + fromLeft - left.Series.Count;
            await right.ReadAsync(firstRight, blocks[fromLeft..], scratch).ConfigureAwait(false);
            for (var i = fromLeft; i < blocks.Length; i++)
            {
                Unset(blocks.Span[i], presence.GetValueOrDefault(right.Series[firstRight + i - fromLeft].Labels), wherePresent: true);
            }
        }
    }
}
