using Gander.Prometheus.Parameters;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Editing;
using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;

namespace Gander.Web.Metrics;

/// <summary>Finds what may be written at a place of a query: words of the language, and names and values of stored series.</summary>
internal sealed class Completions(ISeriesCatalogue catalogue, PromQlFeatures features)
{
    /// <summary>Proposals that an editor shows at most.</summary>
    public const int MaxShown = 50;

    // Before anything is typed, metrics come before words of the language.
    private const int MaxMetricsFirst = 30;

    // More names than this are not looked through at each key.
    private const int MaxNames = 20_000;

    private static readonly string[] Durations = ["1m", "5m", "15m", "1h", "6h", "1d", "7d"];
    private static readonly string[] Units = ["s", "m", "h", "d", "w"];
    private static readonly string[] Following =
        ["+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless", "bool", "by", "without", "on", "ignoring", "group_left", "group_right", "offset"];

    /// <summary>The proposals, best first.</summary>
    public async ValueTask<IReadOnlyList<Proposal>> FindAsync(CompletionRequest place, CancellationToken cancellationToken) => place.Kind switch
    {
        CompletionKind.Operand when place.Prefix.Length == 0 =>
            [.. (await MetricsAsync("", cancellationToken)).Take(MaxMetricsFirst).Select(Metric), .. Words().OrderBy(word => word.Kind, StringComparer.Ordinal).ThenBy(word => word.Label, StringComparer.Ordinal).Take(MaxShown - MaxMetricsFirst)],
        CompletionKind.Operand => Best(place.Prefix, [.. Words(), .. (await MetricsAsync(place.Prefix, cancellationToken)).Select(Metric)]),
        CompletionKind.Continuation => Best(place.Prefix, Following.Select(word => new Proposal(word, "keyword", ""))),
        CompletionKind.MatcherLabel => Best(place.Prefix, (await LabelsAsync(place, cancellationToken)).Where(name => name != Labels.MetricName).Select(name => new Proposal(Quoted(name), "label", "") { Label = name })),
        CompletionKind.GroupingLabel => Best(place.Prefix, (await LabelsAsync(place, cancellationToken)).Where(name => name != Labels.MetricName).Select(name => new Proposal(Quoted(name), "label", "") { Label = name })),
        CompletionKind.LabelValue => Best(place.Prefix, (await ValuesAsync(place, cancellationToken)).Select(value => new Proposal(Literals.Quote(value)[1..^1], "value", "") { Label = value })),
        CompletionKind.Duration => Lengths(place.Prefix),
        _ => [],
    };

    private IEnumerable<Proposal> Words() =>
    [
        .. Keywords.Aggregates.Keys.Select(name => new Proposal(name + "(", "aggregation", "over series") { Label = name }),
        .. Functions.All.Where(function => !function.IsExperimental || features.HasFlag(PromQlFeatures.ExperimentalFunctions))
            .Select(function => new Proposal(function.Name + "(", "function", Signature(function)) { Label = function.Name }),
    ];

    // The middle of a word may be typed; a word that begins so comes first, and of those the shorter one.
    private static List<Proposal> Best(string typed, IEnumerable<Proposal> all) =>
    [
        .. all.Select(proposal => (proposal, at: proposal.Label.IndexOf(typed, StringComparison.OrdinalIgnoreCase)))
            .Where(entry => entry.at >= 0)
            .OrderBy(entry => entry.at > 0).ThenBy(entry => typed.Length > 0 ? entry.proposal.Label.Length : 0).ThenBy(entry => entry.proposal.Label, StringComparer.Ordinal)
            .Take(MaxShown)
            .Select(entry => entry.proposal),
    ];

    private static List<Proposal> Lengths(string typed) =>
        typed.Length > 0 && typed.All(char.IsAsciiDigit)
            ? [.. Units.Select(unit => new Proposal(typed + unit, "duration", ""))]
            : [.. Durations.Where(length => length.StartsWith(typed, StringComparison.Ordinal)).Select(length => new Proposal(length, "duration", ""))];

    // Names are only looked for once something is typed: the list without it is the page's own.
    private ValueTask<IReadOnlyList<string>> MetricsAsync(string typed, CancellationToken cancellationToken) =>
        typed.Length == 0
            ? catalogue.ListLabelValuesAsync(Labels.MetricName, [], PrometheusTime.FirstMillis, PrometheusTime.LastMillis, MaxShown, cancellationToken)
            : catalogue.ListLabelValuesAsync(Labels.MetricName, [], PrometheusTime.FirstMillis, PrometheusTime.LastMillis, MaxNames, cancellationToken);

    private ValueTask<IReadOnlyList<string>> LabelsAsync(CompletionRequest place, CancellationToken cancellationToken) =>
        catalogue.ListLabelNamesAsync(Selectors(place), PrometheusTime.FirstMillis, PrometheusTime.LastMillis, MaxNames, cancellationToken);

    private ValueTask<IReadOnlyList<string>> ValuesAsync(CompletionRequest place, CancellationToken cancellationToken) =>
        catalogue.ListLabelValuesAsync(place.Label ?? "", Selectors(place), PrometheusTime.FirstMillis, PrometheusTime.LastMillis, MaxNames, cancellationToken);

    private static IReadOnlyList<IReadOnlyList<LabelMatcher>> Selectors(CompletionRequest place)
    {
        List<LabelMatcher> matchers = [.. place.Matchers.Where(matcher => matcher.Operator is MatchOperator.Equal or MatchOperator.NotEqual || LabelPattern.TryCompile(matcher.Value, out _, out _))];
        if (place.Metric is not null)
        {
            matchers.Add(new LabelMatcher(Labels.MetricName, MatchOperator.Equal, place.Metric));
        }

        return matchers.Count == 0 ? [] : [matchers];
    }

    private static Proposal Metric(string name) =>
        IsPlain(name, colons: true) ? new Proposal(name, "metric", "") : new Proposal($"{{{Literals.Quote(name)}}}", "metric", "") { Label = name };

    private static string Quoted(string label) => IsPlain(label, colons: false) ? label : Literals.Quote(label);

    private static bool IsPlain(string name, bool colons) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_' || (colons && character == ':'));

    private static string Signature(FunctionSignature function) =>
        $"({string.Join(", ", function.Arguments.Select(NameOf))}{(function.Maximum == int.MaxValue ? ", …" : "")})";

    private static string NameOf(ExpressionType type) => type switch
    {
        ExpressionType.Scalar => "number",
        ExpressionType.Text => "text",
        ExpressionType.InstantVector => "vector",
        _ => "range",
    };
}
