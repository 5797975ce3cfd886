using System.Globalization;
using Gander.Query.PromQl.Syntax;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus.Status;

/// <summary><c>/api/v1/status/flags</c>: what of Prometheus' command line there is here, by its names.</summary>
internal sealed class Flags(IOptions<PrometheusOptions> options) : PrometheusEndpoint
{
    /// <inheritdoc/>
    public override string Path => "/api/v1/status/flags";

    /// <inheritdoc/>
    public override bool IsQuery => false;

    /// <inheritdoc/>
    public override Task AnswerAsync(PrometheusRequest request)
    {
        var values = options.Value;
        (string Name, string Value)[] flags =
        [
            ("enable-feature", string.Join(',', values.EnabledFeatures)),
            ("query.lookback-delta", DurationText.Of((long)values.Lookback.TotalMilliseconds)),
            ("query.max-concurrency", values.MaxConcurrentQueries.ToString(CultureInfo.InvariantCulture)),
            ("query.max-samples", values.MaxQuerySamples.ToString(CultureInfo.InvariantCulture)),
            ("query.timeout", DurationText.Of((long)values.QueryTimeout.TotalMilliseconds)),
            ("web.enable-remote-write-receiver", "true"),
        ];
        return request.AnswerAsync(json =>
        {
            for (var i = 0; i < flags.Length; i++)
            {
                json.Raw((byte)(i == 0 ? '{' : ','));
                json.Text(flags[i].Name);
                json.Raw((byte)':');
                json.Text(flags[i].Value);
            }

            json.Raw((byte)'}');
        });
    }
}
