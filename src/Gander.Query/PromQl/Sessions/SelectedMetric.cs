using Gander.Query.PromQl.Series;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Sessions;

/// <summary>A metric that a selector matches, and what was gathered for it. Not thread-safe.</summary>
internal sealed class SelectedMetric
{
    private const int MaxRecent = 64;

    private readonly LabelMatcher[] _boundMatchers;
    private readonly LabelMatcher[][] _sessionMatchers;
    private readonly LabelMatcher[][] _ownMatchers;
    private readonly bool[] _keepsSession;
    private readonly bool[] _keepsOwn;
    private readonly List<(string Name, SessionMetricPart Part)> _parts;
    private readonly Dictionary<Key, EventLog?> _logs = [];
    private readonly Dictionary<Labels, EventLog> _byLabels = [];

    // The texts of one session's calls are shared objects, so that comparing references finds most of them.
    private readonly List<(string First, string Second, string Third, EventLog? Log)> _recent = [];
    private string[] _session = [];

    private SelectedMetric(SessionMetric metric, List<(string Name, SessionMetricPart Part)> parts, IReadOnlyList<LabelMatcher> matchers, IReadOnlyCollection<string>? kept)
    {
        (Metric, _parts) = (metric, parts);
        _boundMatchers = MatchersOf(SessionMetrics.BoundLabel);
        _sessionMatchers = [.. SessionMetrics.SessionLabels.Select(MatchersOf)];
        _ownMatchers = [.. metric.Labels.Select(MatchersOf)];
        _keepsSession = [.. SessionMetrics.SessionLabels.Select(label => kept?.Contains(label) ?? true)];
        _keepsOwn = [.. metric.Labels.Select(label => kept?.Contains(label) ?? true)];

        LabelMatcher[] MatchersOf(string label) => [.. matchers.Where(matcher => matcher.Label == label)];
    }

    /// <summary>The metric.</summary>
    public SessionMetric Metric { get; }

    /// <summary>Whether buckets of it are among what matches.</summary>
    public bool HasBuckets => _parts.Exists(part => part.Part == SessionMetricPart.Buckets);

    /// <summary>The metrics that a selector may match, each with those of its parts.</summary>
    /// <param name="matchers">The selector.</param>
    /// <param name="kept">The labels that are needed; null for all.</param>
    public static List<SelectedMetric> Of(IReadOnlyList<LabelMatcher> matchers, IReadOnlyCollection<string>? kept)
    {
        var selected = new List<SelectedMetric>();
        foreach (var metric in SessionMetrics.All)
        {
            if (matchers.Any(matcher => !SessionMetrics.Has(metric, matcher.Label) && !matcher.Matches("")))
            {
                continue;
            }

            var parts = metric.Series.Where(series => matchers.All(matcher => matcher.Label switch
            {
                Labels.MetricName => matcher.Matches(series.Name),
                "le" when series.Part != SessionMetricPart.Buckets => matcher.Matches(""),
                _ => true,
            })).ToList();
            if (parts.Count > 0)
            {
                selected.Add(new SelectedMetric(metric, parts, matchers, kept));
            }
        }

        return selected;
    }

    /// <summary>Begins a session; false when nothing of it can match.</summary>
    /// <param name="labels">The values of <see cref="SessionMetrics.SessionLabels"/>.</param>
    public bool Begin(string[] labels)
    {
        _recent.Clear();
        _session = labels;
        return Match(_sessionMatchers, labels);
    }

    /// <summary>Where what happened in the session is written; null when it does not match. Absent labels are empty.</summary>
    public EventLog? Find(string first = "", string second = "", string third = "")
    {
        foreach (var (recentFirst, recentSecond, recentThird, recent) in _recent)
        {
            if (ReferenceEquals(recentFirst, first) && ReferenceEquals(recentSecond, second) && ReferenceEquals(recentThird, third))
            {
                return recent;
            }
        }

        var own = new[] { first, second, third }.AsSpan(0, Metric.Labels.Count);
        var key = new Key(
            Session(0), Session(1), Session(2), Session(3), Session(4), Own(own, 0), Own(own, 1), Own(own, 2));
        if (!_logs.TryGetValue(key, out var log))
        {
            log = Match(_ownMatchers, own) ? LogOf(own) : null;
            _logs.Add(key, log);
        }

        if (_recent.Count < MaxRecent)
        {
            _recent.Add((first, second, third, log));
        }

        return log;
    }

    /// <summary>The series, in order.</summary>
    /// <exception cref="QueryException">There are more than <paramref name="most"/>.</exception>
    public List<SessionSeries> Finish(int most)
    {
        var series = new List<SessionSeries>();
        foreach (var (labels, log) in _byLabels)
        {
            log.Seal();
            foreach (var (name, part) in _parts)
            {
                var named = labels.With(Labels.MetricName, name);
                if (part == SessionMetricPart.Buckets)
                {
                    AddBuckets(series, named, log);
                }
                else
                {
                    series.Add(new SessionSeries(named, Metric, log, part, 0));
                }
            }

            if (series.Count > most)
            {
                throw new QueryException(
                    QueryErrorKind.LimitExceeded,
                    $"{Metric.Name} has more than the {most} series that one query may make of sessions (prometheus.maxSessionSeries); ask for a shorter time, add a matcher, or sum by fewer labels");
            }
        }

        series.Sort(static (left, right) => left.Labels.CompareTo(right.Labels));
        return series;
    }

    private void AddBuckets(List<SessionSeries> series, Labels labels, EventLog log)
    {
        foreach (var (bound, text) in Metric.Bounds.Select(bound => (bound, SessionMetrics.BoundText(bound))).Append((long.MaxValue, "+Inf")))
        {
            if (Array.TrueForAll(_boundMatchers, matcher => matcher.Matches(text)))
            {
                series.Add(new SessionSeries(labels.With(SessionMetrics.BoundLabel, text), Metric, log, SessionMetricPart.Buckets, bound));
            }
        }
    }

    private static bool Match(LabelMatcher[][] matchers, ReadOnlySpan<string> values)
    {
        for (var i = 0; i < matchers.Length; i++)
        {
            foreach (var matcher in matchers[i])
            {
                if (!matcher.Matches(values[i]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // What is neither kept nor asked for does not tell series apart.
    private string Session(int index) => _keepsSession[index] || _sessionMatchers[index].Length > 0 ? _session[index] : "";

    private string Own(ReadOnlySpan<string> own, int index) =>
        index < own.Length && (_keepsOwn[index] || _ownMatchers[index].Length > 0) ? own[index] : "";

    private EventLog LogOf(ReadOnlySpan<string> own)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < _session.Length; i++)
        {
            if (_keepsSession[i])
            {
                pairs.Add(new(SessionMetrics.SessionLabels[i], _session[i]));
            }
        }

        for (var i = 0; i < own.Length; i++)
        {
            if (_keepsOwn[i])
            {
                pairs.Add(new(Metric.Labels[i], own[i]));
            }
        }

        var labels = Labels.Of(pairs);
        if (!_byLabels.TryGetValue(labels, out var log))
        {
            log = new EventLog();
            _byLabels.Add(labels, log);
        }

        return log;
    }

    private readonly record struct Key(
        string Agent, string User, string Team, string Repository, string Project, string First, string Second, string Third);
}
