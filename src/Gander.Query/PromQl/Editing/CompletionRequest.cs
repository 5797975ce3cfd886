using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Editing;

/// <summary>What an editor may propose at one place of a query that may still be incomplete.</summary>
/// <param name="Kind">What may stand there.</param>
/// <param name="Prefix">What has been written of it; without the opening quotation mark for a label value.</param>
/// <param name="Replaces">The place that a proposal replaces: the prefix.</param>
/// <param name="Metric">The metric of the selector around the place or, for grouping labels, the last one written before it; null when unknown.</param>
/// <param name="Matchers">The other complete matchers of the selector around the place, without the metric's name.</param>
/// <param name="Label">The label whose value is being written, or null.</param>
public sealed record CompletionRequest(
    CompletionKind Kind, string Prefix, TextPosition Replaces, string? Metric, IReadOnlyList<LabelMatcher> Matchers, string? Label);
