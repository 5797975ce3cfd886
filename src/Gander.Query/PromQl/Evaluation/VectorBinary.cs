using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>Arithmetic and comparisons between the series of two vectors, paired by labels and checked at each step.</summary>
internal sealed class VectorBinary
{
    private readonly Expression.Binary _expression;
    private readonly EvaluationContext _context;
    private readonly VectorMatching _matching;
    private readonly LabelSelection _signatures;
    private readonly PairLabels _labels;
    private readonly Dictionary<(Labels Labels, bool DropsName), StepBlock> _results = [];
    private readonly List<ResultSeries> _series = [];
    private readonly List<StepBlock> _blocks = [];

    private VectorBinary(Expression.Binary expression, EvaluationContext context)
    {
        _expression = expression;
        _context = context;
        _matching = expression.Matching!;
        _signatures = MatchSignatures.Of(_matching);
        _labels = new PairLabels(expression);
    }

    /// <exception cref="QueryException">Series cannot be paired one to one.</exception>
    public static async ValueTask<VectorOperator> RunAsync(Expression.Binary expression, VectorOperator left, VectorOperator right, EvaluationContext context)
    {
        if (await PairedOperator.TryCreateAsync(expression, left, right, context).ConfigureAwait(false) is { } paired)
        {
            return paired;
        }

        var binary = new VectorBinary(expression, context);
        var swapped = binary._matching.Cardinality == MatchCardinality.OneToMany;
        await binary.PairAsync(swapped ? right : left, swapped ? left : right, swapped).ConfigureAwait(false);
        return new MaterialisedOperator(binary._series, binary._blocks);
    }

    /// <summary>Pairs each series of the "many" side with the one series of the other side that it matches at each step.</summary>
    private async ValueTask PairAsync(VectorOperator many, VectorOperator one, bool swapped)
    {
        var oneBlocks = await SeriesScan.ReadAllAsync(one, _context).ConfigureAwait(false);
        var groups = GroupOnes(one, oneBlocks, swapped);
        var manyBlocks = await SeriesScan.ReadAllAsync(many, _context).ConfigureAwait(false);
        var matched = new Dictionary<Labels, StepBlock>();
        for (var i = 0; i < manyBlocks.Count; i++)
        {
            var signature = _signatures.Of(many.Series[i].Labels);
            groups.TryGetValue(signature, out var candidates);
            foreach (var j in candidates ?? [])
            {
                Combine(many.Series[i], manyBlocks[i], one.Series[j], oneBlocks[j], signature, matched, swapped);
            }

            if (_matching.FillRight is { } fill)
            {
                FillMissing(many.Series[i], manyBlocks[i], candidates, oneBlocks, fill, signature, matched, swapped);
            }
        }

        // As in Prometheus, group_right exchanges the sides before it fills: fill_left is for the "many" side on either.
        if (_matching.FillLeft is { } manyFill)
        {
            FillMany(many, manyBlocks, one, oneBlocks, manyFill, matched, swapped);
        }
    }

    private Dictionary<Labels, List<int>> GroupOnes(VectorOperator one, IReadOnlyList<StepBlock> blocks, bool swapped)
    {
        var groups = new Dictionary<Labels, List<int>>();
        for (var j = 0; j < blocks.Count; j++)
        {
            var signature = _signatures.Of(one.Series[j].Labels);
            if (!groups.TryGetValue(signature, out var members))
            {
                groups.Add(signature, [j]);
                continue;
            }

            foreach (var other in members)
            {
                CheckApart(one, blocks, other, j, signature, swapped);
            }

            members.Add(j);
        }

        return groups;
    }

    private void CheckApart(VectorOperator one, IReadOnlyList<StepBlock> blocks, int first, int second, Labels signature, bool swapped)
    {
        for (var step = 0; step < _context.Steps; step++)
        {
            if (blocks[first].Has(step) && blocks[second].Has(step))
            {
                throw new QueryException(
                    QueryErrorKind.Execution,
                    $"found duplicate series for the match group {signature} on the {(swapped ? "left" : "right")} hand-side of the operation: "
                    + $"[{one.Series[second].Labels}, {one.Series[first].Labels}];many-to-many matching not allowed: matching labels must be unique on one side",
                    _expression.Position);
            }
        }
    }

    private void Combine(
        ResultSeries many, StepBlock manyBlock, ResultSeries one, StepBlock oneBlock, Labels signature, Dictionary<Labels, StepBlock> matched, bool swapped)
    {
        StepBlock? result = null;
        var output = _labels.Of(many, one.Labels);
        for (var step = 0; step < _context.Steps; step++)
        {
            if (!manyBlock.Has(step) || !oneBlock.Has(step))
            {
                continue;
            }

            var (left, right) = swapped ? (oneBlock, manyBlock) : (manyBlock, oneBlock);
            result ??= ResultBlock(output);
            Apply(left, right, result, step, output.Labels, signature, matched);
        }
    }

    private void FillMissing(
        ResultSeries many, StepBlock manyBlock, List<int>? candidates, IReadOnlyList<StepBlock> oneBlocks, double fill, Labels signature, Dictionary<Labels, StepBlock> matched, bool swapped)
    {
        var filled = new StepBlock(_context.Steps);
        for (var step = 0; step < _context.Steps; step++)
        {
            if (manyBlock.Has(step) && !(candidates?.Exists(j => oneBlocks[j].Has(step)) ?? false))
            {
                filled.Set(step, fill);
            }
        }

        Combine(many, manyBlock, new ResultSeries(signature, false), filled, signature, matched, swapped);
    }

    private void FillMany(
        VectorOperator many, IReadOnlyList<StepBlock> manyBlocks, VectorOperator one, IReadOnlyList<StepBlock> oneBlocks, double fill, Dictionary<Labels, StepBlock> matched, bool swapped)
    {
        var presence = manyBlocks.Select((block, i) => (Block: block, Signature: _signatures.Of(many.Series[i].Labels)))
            .ToLookup(entry => entry.Signature, entry => entry.Block);
        for (var j = 0; j < oneBlocks.Count; j++)
        {
            var signature = _signatures.Of(one.Series[j].Labels);
            var filled = new StepBlock(_context.Steps);
            for (var step = 0; step < _context.Steps; step++)
            {
                if (oneBlocks[j].Has(step) && !presence[signature].Any(block => block.Has(step)))
                {
                    filled.Set(step, fill);
                }
            }

            Combine(new ResultSeries(signature, false), filled, one.Series[j], oneBlocks[j], signature, matched, swapped);
        }
    }

    private void Apply(
        StepBlock left, StepBlock right, StepBlock result, int step, Labels output, Labels signature, Dictionary<Labels, StepBlock> matched)
    {
        var isTaken = result.Has(step);
        var isSet = StepBinary.Apply(_expression, left, right, result, step, _context);

        // Floats that were compared are a pair even when the comparison does not hold.
        var isPair = isSet || (_matching.Cardinality == MatchCardinality.OneToOne && Keywords.IsComparison(_expression.Operator)
            && left.HistogramAt(step) is null && right.HistogramAt(step) is null);
        if (!isPair)
        {
            return;
        }

        CheckUnique(step, isTaken, output, signature, matched);
    }

    private void CheckUnique(int step, bool isTaken, Labels output, Labels signature, Dictionary<Labels, StepBlock> matched)
    {
        var key = _matching.Cardinality == MatchCardinality.OneToOne ? signature : output;
        if (!matched.TryGetValue(key, out var seen))
        {
            matched.Add(key, seen = new StepBlock(_context.Steps));
        }

        if (isTaken || seen.Has(step))
        {
            throw new QueryException(
                QueryErrorKind.Execution,
                _matching.Cardinality == MatchCardinality.OneToOne
                    ? "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
                    : "multiple matches for labels: grouping labels must ensure unique matches",
                _expression.Position);
        }

        seen.Set(step, 1);
    }

    private StepBlock ResultBlock(ResultSeries output)
    {
        if (!_results.TryGetValue((output.Labels, output.DropsName), out var block))
        {
            _results.Add((output.Labels, output.DropsName), block = new StepBlock(_context.Steps));
            _series.Add(output);
            _blocks.Add(block);
        }

        return block;
    }
}
