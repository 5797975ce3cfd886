using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Evaluation;

/// <summary>A range selector or subquery as a function over windows sees it.</summary>
/// <param name="Series">What is known of each series.</param>
/// <param name="Read">The samples of a series, staleness markers taken out; may be called from many threads.</param>
/// <param name="References">The end of the window of each step.</param>
/// <param name="RangeMillis">The length of the window, open on the left.</param>
/// <param name="Position">Where it stands in the query.</param>
internal sealed record RangeInput(
    IReadOnlyList<ResultSeries> Series,
    Func<int, Samples> Read,
    ReferenceTimes References,
    long RangeMillis,
    TextPosition Position);
