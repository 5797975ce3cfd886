using Gander.Api;
using Gander.Hosting.Identities;
using Gander.Hosting.Pricing;
using Gander.Ingest;
using Gander.Ingest.Derived.Logs;
using Gander.Ingest.Derived.Spans;
using Gander.Otlp;
using Gander.Prometheus;
using Gander.Prometheus.RemoteWrite;
using Gander.Query.PromQl.OpenTelemetry;
using Gander.Sessions;
using Gander.Storage.DuckDb;

namespace Gander.Hosting.Configuration;

/// <summary>Every class of options there is. A class that is missing here would not be read from anywhere.</summary>
public static class OptionsCatalogue
{
    /// <summary>The sections, in the order of the documentation.</summary>
    public static IReadOnlyList<OptionsSection> All { get; } =
    [
        new OptionsSection("", typeof(ServerOptions)),
        new OptionsSection("otlp", typeof(OtlpOptions)),
        new OptionsSection("remoteWrite", typeof(RemoteWriteOptions)),
        new OptionsSection("ingest", typeof(IngestOptions)),
        new OptionsSection("spanMetrics", typeof(SpanMetricsOptions)),
        new OptionsSection("logMetrics", typeof(LogMetricsOptions)),
        new OptionsSection("store", typeof(DuckDbStoreOptions), nameof(DuckDbStoreOptions.Folder), nameof(DuckDbStoreOptions.ReadOnly)),
        new OptionsSection("sessions", typeof(SessionIndexOptions)),
        new OptionsSection("prices", typeof(PriceOptions)),
        new OptionsSection("identities", typeof(IdentityOptions)),
        new OptionsSection("api", typeof(ApiOptions)),
        new OptionsSection("metrics", typeof(OtlpTranslationOptions), nameof(OtlpTranslationOptions.Lookback)),
        new OptionsSection("prometheus", typeof(PrometheusOptions)),
    ];
}
