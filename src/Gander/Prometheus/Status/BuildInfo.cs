using Gander.Hosting;

namespace Gander.Prometheus.Status;

/// <summary><c>/api/v1/status/buildinfo</c>: which Prometheus this answers like, from which editors know what functions there are.</summary>
internal sealed class BuildInfo : PrometheusEndpoint
{
    /// <summary>The version of Prometheus whose language and API are spoken.</summary>
    public const string SpokenVersion = "3.14.0";

    /// <inheritdoc/>
    public override string Path => "/api/v1/status/buildinfo";

    /// <inheritdoc/>
    public override bool IsQuery => false;

    /// <inheritdoc/>
    public override Task AnswerAsync(PrometheusRequest request) => request.AnswerAsync(json =>
    {
        json.Raw("{\"version\":"u8);
        json.Text(SpokenVersion);
        json.Raw(",\"revision\":"u8);
        json.Text($"gander {GanderVersion.Text}");
        json.Raw(",\"branch\":\"\",\"buildUser\":\"\",\"buildDate\":\"\",\"goVersion\":\"\"}"u8);
    });
}
