using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// A binary operator whose series pair up by labels alone: no two series of the "one" side match the same, so that nothing has to
/// be checked at each step and pairs come series by series. Other cases are for <see cref="VectorBinary"/>.
/// </summary>
internal sealed class PairedOperator : VectorOperator
{
    private readonly Expression.Binary _expression;
    private readonly EvaluationContext _context;
    private readonly VectorOperator _many;
    private readonly IReadOnlyList<StepBlock> _ones;
    private readonly bool _isSwapped;
    private readonly List<ResultSeries> _series;
    private readonly List<(int Many, int One)> _pairs;

    private PairedOperator(
        Expression.Binary expression,
        EvaluationContext context,
        VectorOperator many,
        IReadOnlyList<StepBlock> ones,
        bool isSwapped,
        List<ResultSeries> series,
        List<(int Many, int One)> pairs)
    {
        _expression = expression;
        _context = context;
        _many = many;
        _ones = ones;
        _isSwapped = isSwapped;
        _series = series;
        _pairs = pairs;
    }

    public override IReadOnlyList<ResultSeries> Series => _series;

    /// <summary>Pairs the series, or answers null when labels alone do not tell whether they may be paired.</summary>
    public static async ValueTask<PairedOperator?> TryCreateAsync(
        Expression.Binary expression, VectorOperator left, VectorOperator right, EvaluationContext context)
    {
        var matching = expression.Matching!;
        if (matching.FillLeft is not null || matching.FillRight is not null)
        {
            return null;
        }

        var isSwapped = matching.Cardinality == MatchCardinality.OneToMany;
        var (many, one) = isSwapped ? (right, left) : (left, right);
        var oneBySignature = new Dictionary<Labels, int>(MatchSignatures.Of(matching));
        for (var j = 0; j < one.Series.Count; j++)
        {
            if (!oneBySignature.TryAdd(one.Series[j].Labels, j))
            {
                return null;
            }
        }

        var labels = new PairLabels(expression);
        var isUsed = new bool[one.Series.Count];
        var outputs = new HashSet<Labels>();
        var (series, pairs) = (new List<ResultSeries>(), new List<(int Many, int One)>());
        for (var i = 0; i < many.Series.Count; i++)
        {
            if (!oneBySignature.TryGetValue(many.Series[i].Labels, out var j))
            {
                continue;
            }

            var output = labels.Of(many.Series[i], one.Series[j].Labels);
            if ((matching.Cardinality == MatchCardinality.OneToOne && isUsed[j]) || !outputs.Add(output.Labels))
            {
                return null;
            }

            isUsed[j] = true;
            series.Add(output);
            pairs.Add((i, j));
        }

        var ones = await SeriesScan.ReadAllAsync(one, context).ConfigureAwait(false);
        return new PairedOperator(expression, context, many, ones, isSwapped, series, pairs);
    }

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        for (var from = 0; from < blocks.Length;)
        {
            var start = _pairs[first + from].Many;
            var count = 1;
            while (from + count < blocks.Length && _pairs[first + from + count].Many == start + count)
            {
                count++;
            }

            await _many.ReadAsync(start, blocks.Slice(from, count), scratch).ConfigureAwait(false);
            from += count;
        }

        for (var i = 0; i < blocks.Length; i++)
        {
            Combine(blocks.Span[i], _ones[_pairs[first + i].One]);
        }
    }

    private void Combine(StepBlock many, StepBlock one)
    {
        for (var word = 0; word < many.Presence.Length; word++)
        {
            many.UnsetWord(word, ~one.Presence[word]);
        }

        if (many.HasHistograms || one.HasHistograms || _expression.Operator is BinaryOperator.TrimLower or BinaryOperator.TrimUpper)
        {
            CombineAny(many, one);
            return;
        }

        // A comparison that filters shows the left value, on whichever side the many are.
        var (left, right) = _isSwapped ? (one.Values, many.Values) : (many.Values, one.Values);
        FloatLoops.Apply(_expression, left, right, left, many);
    }

    private void CombineAny(StepBlock many, StepBlock one)
    {
        var copy = new StepBlock(many.Steps);
        copy.CopyFrom(many);
        many.Clear();
        var (left, right) = _isSwapped ? (one, copy) : (copy, one);
        for (var step = 0; step < copy.Steps; step++)
        {
            if (copy.Has(step))
            {
                StepBinary.Apply(_expression, left, right, many, step, _context);
            }
        }
    }
}
