using System.Text.RegularExpressions;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>
/// <c>info()</c>: series with the labels that info metrics such as <c>target_info</c> have for the same job and instance at the
/// same time. As those may change, one series can become several, each at other steps.
/// </summary>
internal sealed class InfoOperator : VectorOperator
{
    private static readonly string[] s_identifyingLabels = ["instance", "job"];

    private readonly VectorOperator _inner;
    private readonly List<ResultSeries> _series = [];
    private readonly List<(int Inner, InfoVariant? Variant)> _sources = [];

    private InfoOperator(VectorOperator inner) => _inner = inner;

    public override IReadOnlyList<ResultSeries> Series => _series;

    /// <exception cref="QueryException">Info series contradict each other or are histograms.</exception>
    public static async ValueTask<VectorOperator> CreateAsync(Expression.Call call, VectorOperator inner, EvaluationContext context)
    {
        var selector = call.Arguments.Count > 1 ? (Expression.VectorSelector)call.Arguments[1].Unwrapped : null;
        var names = NameMatchers(selector);
        var chosen = selector?.Matchers.Where(matcher => matcher.Label != Labels.MetricName).ToList() ?? [];
        var infos = await InfoVariants.ReadAsync([.. names, .. chosen, .. Identities(inner, names)], References(call.Arguments[0], context), context, call.Position)
            .ConfigureAwait(false);
        var result = new InfoOperator(inner);
        var keepsUnmatched = chosen.All(matcher => matcher.Matches(""));
        var wanted = chosen.Select(matcher => matcher.Label).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < inner.Series.Count; i++)
        {
            var series = inner.Series[i];
            if (names.All(matcher => matcher.Matches(series.Labels[Labels.MetricName])))
            {
                result.Add(i, null, series);
                continue;
            }

            foreach (var variant in infos.Of(series.Labels))
            {
                if (variant.Infos.Count > 0 || keepsUnmatched)
                {
                    result.Add(i, variant, series with { Labels = variant.Enrich(series.Labels, wanted) });
                }
            }
        }

        return result;
    }

    public override async ValueTask ReadAsync(int first, ReadOnlyMemory<StepBlock> blocks, ReadScratch scratch)
    {
        for (var i = 0; i < blocks.Length; i++)
        {
            var (inner, variant) = _sources[first + i];
            await _inner.ReadAsync(inner, blocks.Slice(i, 1), scratch).ConfigureAwait(false);
            variant?.Keep(blocks.Span[i]);
        }
    }

    private void Add(int inner, InfoVariant? variant, ResultSeries series)
    {
        _series.Add(series);
        _sources.Add((inner, variant));
    }

    // Names that are only excluded leave all other metrics that are named as info metrics are.
    private static List<LabelMatcher> NameMatchers(Expression.VectorSelector? selector)
    {
        var matchers = selector?.Matchers.Where(matcher => matcher.Label == Labels.MetricName).ToList() ?? [];
        if (matchers.Count == 0)
        {
            return [new LabelMatcher(Labels.MetricName, MatchOperator.Equal, "target_info")];
        }

        if (matchers.TrueForAll(matcher => matcher.Operator is MatchOperator.NotEqual or MatchOperator.NotMatches))
        {
            matchers.Add(new LabelMatcher(Labels.MetricName, MatchOperator.Matches, ".+_info"));
        }

        return matchers;
    }

    // Only info series of the jobs and instances at hand are of use.
    private static IEnumerable<LabelMatcher> Identities(VectorOperator inner, List<LabelMatcher> names)
    {
        foreach (var label in s_identifyingLabels)
        {
            var values = inner.Series.Where(series => !names.TrueForAll(matcher => matcher.Matches(series.Labels[Labels.MetricName])))
                .Select(series => series.Labels[label]).Where(value => value.Length > 0).ToHashSet(StringComparer.Ordinal);
            if (values.Count is > 0 and <= InfoVariants.MaxIdentities)
            {
                yield return new LabelMatcher(label, MatchOperator.Matches, string.Join('|', values.Select(Regex.Escape)));
            }
        }
    }

    /// <summary>The times that the first selector of an expression looks at: info series are looked up at the same.</summary>
    private static ReferenceTimes References(Expression expression, EvaluationContext context)
    {
        var (at, offset) = ((AtModifier?)null, 0L);
        for (Expression? part = expression; part is not null; part = part.Children.FirstOrDefault(child => child.Unwrapped is not (Expression.Number or Expression.Text)))
        {
            var modifiers = part switch
            {
                Expression.VectorSelector selector => selector.Modifiers,
                Expression.RangeSelector range => range.Selector.Modifiers,
                Expression.Subquery subquery => subquery.Modifiers,
                _ => default,
            };
            (at, offset) = modifiers.At is null ? (at, offset + context.Millis(modifiers.Offset)) : (modifiers.At, context.Millis(modifiers.Offset));
            if (part is Expression.RangeSelector)
            {
                break;
            }
        }

        var references = context.References(new Modifiers(null, at, RangeEdges.Plain));
        return references with { FirstMillis = references.FirstMillis - offset };
    }
}
