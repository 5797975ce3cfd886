using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary><c>and</c>, <c>or</c>, <c>unless</c>: series of one side by what the other side has at the same step.</summary>
internal static class SetBinary
{
    public static VectorOperator Run(Expression.Binary expression, VectorOperator left, VectorOperator right, EvaluationContext context)
    {
        var signatures = new MatchSignatures(expression.Matching!);
        var leftBlocks = BlockReader.ReadAll(left, context);
        var rightBlocks = BlockReader.ReadAll(right, context);
        return expression.Operator == BinaryOperator.Or
            ? Union(left, right, leftBlocks, rightBlocks, signatures, context)
            : Filter(left, right, leftBlocks, rightBlocks, signatures, expression.Operator == BinaryOperator.And, context);
    }

    private static MaterialisedOperator Filter(
        VectorOperator left, VectorOperator right, List<StepBlock> leftBlocks, List<StepBlock> rightBlocks, MatchSignatures signatures, bool keepsMatched, EvaluationContext context)
    {
        var presence = Presence(right, rightBlocks, signatures);
        for (var i = 0; i < leftBlocks.Count; i++)
        {
            presence.TryGetValue(signatures.Of(left.Series[i].Labels), out var others);
            for (var step = 0; step < context.Steps; step++)
            {
                var isMatched = others?.Exists(block => block.Has(step)) ?? false;
                if (isMatched != keepsMatched)
                {
                    leftBlocks[i].Unset(step);
                }
            }
        }

        return new MaterialisedOperator(left.Series, leftBlocks);
    }

    private static MaterialisedOperator Union(
        VectorOperator left, VectorOperator right, List<StepBlock> leftBlocks, List<StepBlock> rightBlocks, MatchSignatures signatures, EvaluationContext context)
    {
        var presence = Presence(left, leftBlocks, signatures);
        for (var i = 0; i < rightBlocks.Count; i++)
        {
            if (!presence.TryGetValue(signatures.Of(right.Series[i].Labels), out var others))
            {
                continue;
            }

            for (var step = 0; step < context.Steps; step++)
            {
                if (others.Exists(block => block.Has(step)))
                {
                    rightBlocks[i].Unset(step);
                }
            }
        }

        return new MaterialisedOperator([.. left.Series, .. right.Series], [.. leftBlocks, .. rightBlocks]);
    }

    private static Dictionary<Labels, List<StepBlock>> Presence(VectorOperator vector, List<StepBlock> blocks, MatchSignatures signatures)
    {
        var presence = new Dictionary<Labels, List<StepBlock>>();
        for (var i = 0; i < blocks.Count; i++)
        {
            var signature = signatures.Of(vector.Series[i].Labels);
            if (!presence.TryGetValue(signature, out var list))
            {
                presence.Add(signature, list = []);
            }

            list.Add(blocks[i]);
        }

        return presence;
    }
}
