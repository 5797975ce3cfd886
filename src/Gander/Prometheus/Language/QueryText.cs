using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;

namespace Gander.Prometheus.Language;

/// <summary>Reads the query of a request.</summary>
internal static class QueryText
{
    /// <summary>The expression of the parameter <c>query</c>.</summary>
    /// <exception cref="PrometheusException">It is no PromQL.</exception>
    public static Expression Parse(PrometheusRequest request, PrometheusOptions options)
    {
        var query = request.Parameters.Text("query");
        try
        {
            return Parser.Parse(query, options.Features);
        }
        catch (QueryException e)
        {
            throw PrometheusException.Of(e, query);
        }
    }
}
