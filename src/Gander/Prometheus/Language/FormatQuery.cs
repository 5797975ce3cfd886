using Gander.Query.PromQl.Syntax;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Language;

/// <summary><c>/api/v1/format_query</c>: a query in canonical form, over several lines where it is long.</summary>
internal sealed class FormatQuery(IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/format_query";

    /// <inheritdoc/>
    public override bool TakesForms => true;

    /// <inheritdoc/>
    public override bool IsQuery => false;

    /// <inheritdoc/>
    public override Task AnswerAsync(PrometheusRequest request)
    {
        var expression = QueryText.Parse(request, options.Value);
        return request.AnswerAsync(json => json.Text(PromQlPrinter.Print(expression)));
    }
}
