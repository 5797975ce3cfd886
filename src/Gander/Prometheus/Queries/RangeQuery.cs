using System.Globalization;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Queries;

/// <summary><c>/api/v1/query_range</c>: a query at each step of a range.</summary>
internal sealed class RangeQuery(QueryRunner runner, IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/query_range";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <inheritdoc/>
    public override async Task AnswerAsync(PrometheusRequest request)
    {
        var parameters = request.Parameters;
        var limit = parameters.Limit(int.MaxValue);
        var start = parameters.Time("start");
        var end = parameters.Time("end");
        if (end < start)
        {
            throw PrometheusException.BadParameter("end", "end timestamp must not be before start time");
        }

        var step = Step(parameters.Text("step").Length == 0 ? null : parameters.Duration("step"), start, end);
        var answer = await runner.RangeAsync(parameters.Text("query"), start, end, step, EngineParameters.Of(parameters), request.CancellationToken);
        await AnswerJson.WriteAsync(request, answer, limit);
    }

    private long Step(long? stepMillis, long start, long end)
    {
        if (stepMillis is not { } step)
        {
            throw PrometheusException.BadParameter("step", "cannot parse \"\" to a valid duration");
        }

        if (step <= 0)
        {
            throw PrometheusException.BadParameter("step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }

        // A range holds one point more than steps; Prometheus counts the steps.
        return (end - start) / step <= options.Value.MaxRangeSteps
            ? step
            : throw new PrometheusException(ErrorType.BadData, string.Create(
                CultureInfo.InvariantCulture,
                $"exceeded maximum resolution of {options.Value.MaxRangeSteps:#,0} points per timeseries. Try decreasing the query resolution (?step=XX)"));
    }
}
