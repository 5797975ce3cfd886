using System.Numerics;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>A fold whose state is one float a step.</summary>
internal sealed class FloatFold<TOperation>(Expression.Aggregate expression, EvaluationContext context) : GroupFold
    where TOperation : struct, IFoldOperation
{
    private readonly StepBlock _state = new(context.Steps);

    public override long Bytes => StepBlock.BytesOf(context.Steps);

    public override void Add(StepBlock block, ResultSeries series)
    {
        if (TOperation.IgnoresHistograms && block.HasHistograms)
        {
            AddFloatsOnly(block);
            return;
        }

        var (state, values) = (_state.Values, block.Values);
        for (var word = 0; word < block.Presence.Length; word++)
        {
            var bits = block.Presence[word];
            if (bits == ulong.MaxValue && _state.Presence[word] == ulong.MaxValue)
            {
                var into = state.AsSpan(word * 64, 64);
                var from = values.AsSpan(word * 64, 64);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = TOperation.Next(into[i], from[i]);
                }

                continue;
            }

            for (; bits != 0; bits &= bits - 1)
            {
                AddOne((word * 64) + BitOperations.TrailingZeroCount(bits), values);
            }
        }
    }

    public override void Merge(GroupFold other)
    {
        var added = ((FloatFold<TOperation>)other)._state;
        for (var step = 0; step < added.Steps; step++)
        {
            if (added.Has(step))
            {
                _state.Set(step, _state.Has(step) ? TOperation.Merge(_state.Values[step], added.Values[step]) : added.Values[step]);
            }
        }
    }

    public override void Clear() => _state.Clear();

    public override StepBlock Finish() => _state;

    private void AddFloatsOnly(StepBlock block)
    {
        for (var step = 0; step < block.Steps; step++)
        {
            if (block.Has(step) && block.HistogramAt(step) is null)
            {
                AddOne(step, block.Values);
            }
            else if (block.Has(step))
            {
                context.Query.Annotations.Inform(
                    $"ignored histogram in {Keywords.TextOf(expression.Operator)} aggregation", expression.Inner.Position);
            }
        }
    }

    private void AddOne(int step, double[] values)
    {
        if (_state.Has(step))
        {
            _state.Values[step] = TOperation.Next(_state.Values[step], values[step]);
        }
        else
        {
            _state.Values[step] = TOperation.First(values[step]);
            _state.MarkPresent(step);
        }
    }
}
