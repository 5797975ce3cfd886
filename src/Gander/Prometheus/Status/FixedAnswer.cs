namespace Gander.Prometheus.Status;

/// <summary>A path whose answer is always the same: what Gander does not have, told in the form clients expect.</summary>
internal sealed class FixedAnswer(string path, string data) : PrometheusEndpoint
{
    /// <summary>Scraping, rules and alerts.</summary>
    public static IReadOnlyList<FixedAnswer> All { get; } =
    [
        new("/api/v1/rules", """{"groups":[]}"""),
        new("/api/v1/alerts", """{"alerts":[]}"""),
        new("/api/v1/alertmanagers", """{"activeAlertmanagers":[],"droppedAlertmanagers":[]}"""),
        new("/api/v1/targets", """{"activeTargets":[],"droppedTargets":[],"droppedTargetCounts":{}}"""),
        new("/api/v1/targets/metadata", "[]"),
        new("/api/v1/scrape_pools", """{"scrapePools":[]}"""),
        new("/api/v1/status/config", """{"yaml":""}"""),
    ];

    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override bool IsQuery => false;

    /// <inheritdoc/>
    public override Task AnswerAsync(PrometheusRequest request) =>
        request.AnswerAsync(json => json.Raw(System.Text.Encoding.UTF8.GetBytes(data)));
}
