namespace Gander.Prometheus;

/// <summary>One path of Prometheus' API. Made once; thread-safe.</summary>
internal abstract class PrometheusEndpoint
{
    /// <summary>What a list's warning says when the limit left entries out.</summary>
    internal const string Truncated = "results truncated due to limit";

    /// <summary>The path, such as <c>/api/v1/query</c>.</summary>
    public abstract string Path { get; }

    /// <summary>Whether parameters may also be posted as a form.</summary>
    public virtual bool TakesForms => false;

    /// <summary>Whether it looks at telemetry, so that it counts against the bound on queries.</summary>
    public virtual bool IsQuery => true;

    /// <summary>Answers a request.</summary>
    /// <exception cref="PrometheusException">It cannot be answered.</exception>
    public abstract Task AnswerAsync(PrometheusRequest request);

    /// <summary>The first <paramref name="limit"/> entries, and a warning where there are more.</summary>
    protected static (IReadOnlyList<T> Entries, IReadOnlyList<string> Warnings) Cut<T>(IReadOnlyList<T> entries, int limit) =>
        entries.Count <= limit ? (entries, []) : ([.. entries.Take(limit)], [Truncated]);
}
