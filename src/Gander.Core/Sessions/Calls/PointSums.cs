using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>
/// Adds up metric points. Of a delta series all intervals count, of a cumulative one the last value since each start; two
/// processes start at different times, so that they never hide each other. Neither order nor repetition matters.
/// </summary>
internal sealed class PointSums
{
    private const decimal Most = 1_000_000_000_000_000_000;

    private readonly Dictionary<(PointFactKind Kind, string Model), decimal> _sums = [];

    /// <summary>Sums up points, each given once.</summary>
    public PointSums(IEnumerable<PointFacts> points)
    {
        foreach (var stream in points.GroupBy(point => (point.Series, Start: point.IsCumulative ? point.StartNanos : long.MinValue)))
        {
            var last = stream.MaxBy(point => (point.TimeNanos, point.Value));
            var key = (last.Kind, last.Model);
            _sums[key] = _sums.GetValueOrDefault(key) + (last.IsCumulative ? last.Value : stream.Sum(point => point.Value));
        }
    }

    /// <summary>The models that points name, in ordinal order.</summary>
    public IEnumerable<string> Models => _sums.Keys.Select(key => key.Model).Where(model => model.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The sum of one kind, of all models or of one; null when there is no point.</summary>
    public decimal? Of(PointFactKind kind, string? model = null)
    {
        if (model is not null)
        {
            return _sums.TryGetValue((kind, model), out var own) ? own : null;
        }

        decimal? sum = null;
        foreach (var (key, value) in _sums)
        {
            if (key.Kind == kind)
            {
                sum = sum.GetValueOrDefault() + value;
            }
        }

        return sum;
    }

    /// <summary>Tokens by Gander's meaning, of all models or of one; null when there is no point.</summary>
    public TokenUsage? Tokens(TokenCounting counting, string? model = null) => new CallFacts
    {
        Counting = counting,
        Input = Whole(PointFactKind.InputTokens, model) ?? -1,
        Output = Whole(PointFactKind.OutputTokens, model) ?? -1,
        CacheRead = Whole(PointFactKind.CacheReadTokens, model) ?? -1,
        CacheWrite = Whole(PointFactKind.CacheWriteTokens, model) ?? -1,
        Reasoning = Whole(PointFactKind.ReasoningTokens, model) ?? -1,
    }.Tokens;

    /// <summary>The sum of one kind in whole units, at most 10^18, whatever an agent counted; null when there is no point.</summary>
    public long? Whole(PointFactKind kind, string? model = null, long scale = 1) =>
        Of(kind, model) is { } sum ? (long)Math.Min(Math.Min(sum, Most) * scale, Most) : null;
}
