using System.Text.Json;
using Gander.Query.PromQl.Syntax;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Language;

/// <summary><c>/api/v1/parse_query</c>: the syntax tree of a query.</summary>
internal sealed class ParseQuery(IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/parse_query";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <inheritdoc/>
    public override bool IsQuery => false;

    /// <inheritdoc/>
    public override Task AnswerAsync(PrometheusRequest request)
    {
        var expression = QueryText.Parse(request, options.Value);
        return request.AnswerAsync(json =>
        {
            using var writer = new Utf8JsonWriter(json);
            SyntaxTreeJson.Write(expression, writer);
        });
    }
}
