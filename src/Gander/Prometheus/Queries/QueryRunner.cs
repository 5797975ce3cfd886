using Gander.Query.PromQl;
using Gander.Query.PromQl.Plans;
using Gander.Query.PromQl.Series;
using Gander.Query.Shared;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Queries;

/// <summary>Runs queries with the limits of the configuration and of the request. Thread-safe.</summary>
internal sealed class QueryRunner(ISeriesSource source, IOptions<PrometheusOptions> options, TimeProvider time)
{
    /// <summary>The parts of the language that are switched on.</summary>
    public PromQlFeatures Features => options.Value.Features;

    /// <summary>Evaluates at one instant.</summary>
    /// <exception cref="PrometheusException">The query is wrong, fails, or hits a limit.</exception>
    public async Task<QueryAnswer<QueryResult>> InstantAsync(string query, long timeMillis, EngineParameters parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await Engine(parameters).InstantAsync(query, timeMillis, cancellationToken);
        }
        catch (QueryException e)
        {
            throw PrometheusException.Of(e, query);
        }
    }

    /// <summary>Evaluates at each step.</summary>
    /// <exception cref="PrometheusException">The query is wrong, fails, or hits a limit.</exception>
    public async Task<QueryAnswer<QueryResult>> RangeAsync(
        string query, long startMillis, long endMillis, long stepMillis, EngineParameters parameters, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Engine(parameters).RangeAsync(query, startMillis, endMillis, stepMillis, cancellationToken);
            return new QueryAnswer<QueryResult>(answer.Result, answer.Annotations, answer.Statistics);
        }
        catch (QueryException e)
        {
            throw PrometheusException.Of(e, query);
        }
    }

    /// <summary>Says how a query would be evaluated; at one instant when the step is 0.</summary>
    /// <exception cref="PrometheusException">The query is wrong.</exception>
    public async Task<QueryPlan> ExplainAsync(string query, long startMillis, long endMillis, long stepMillis, CancellationToken cancellationToken)
    {
        try
        {
            return await Engine(default).ExplainAsync(query, startMillis, endMillis, stepMillis, cancellationToken);
        }
        catch (QueryException e)
        {
            throw PrometheusException.Of(e, query);
        }
    }

    private PromQlEngine Engine(EngineParameters parameters)
    {
        var limits = options.Value.QueryLimits;
        return new PromQlEngine(
            source, parameters.LookbackMillis is > 0 and { } lookback ? limits with { LookbackMillis = lookback } : limits, options.Value.Features, time)
        {
            CountsSteps = parameters.CountsSteps,
        };
    }
}
