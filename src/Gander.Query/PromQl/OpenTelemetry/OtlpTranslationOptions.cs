namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>How OTLP metrics look in PromQL. Read once, when the source is made.</summary>
public sealed class OtlpTranslationOptions
{
    /// <summary>How names are made.</summary>
    public TranslationStrategy Strategy { get; set; } = TranslationStrategy.UnderscoreEscapingWithSuffixes;

    /// <summary>Put before every metric's name with a <c>_</c>; empty for nothing.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>
    /// Resource attributes that become labels of every series of the resource; the others are on <c>target_info</c> alone. An
    /// attribute of the point with the same label goes first.
    /// </summary>
    public IList<string> PromotedResourceAttributes { get; set; } =
    [
        "service.name",
        "service.version",
        "deployment.environment",
        "deployment.environment.name",
        "host.name",
        "os.type",
        "gen_ai.agent.name",
        "user.id",
        "user.name",
        "user.email",
        "team.id",
        "team.name",
        "organization.id",
    ];

    /// <summary>Whether every resource attribute becomes a label, whatever <see cref="PromotedResourceAttributes"/> lists.</summary>
    public bool PromoteAllResourceAttributes { get; set; }

    /// <summary>Whether name, version, schema URL and attributes of the scope become <c>otel_scope_…</c> labels.</summary>
    public bool PromoteScope { get; set; }

    /// <summary>Whether a run of odd characters in a label's key stays a run of underscores, as in Prometheus; else it becomes one.</summary>
    public bool KeepMultipleUnderscores { get; set; } = true;

    /// <summary>Whether a label whose key begins with a single underscore gets <c>key</c> before it, as in Prometheus.</summary>
    public bool PrefixUnderscoreLabels { get; set; } = true;

    /// <summary>
    /// Names of counters that are also found without their <c>_total</c>, by a selector that names them exactly and only while
    /// no series has that very name.
    /// </summary>
    public IList<string> NamesWithoutTotal { get; set; } = ["goose_session_tokens", "goose_session_duration_ms"];

    /// <summary>A series gets a staleness marker this long after its last sample; zero for never. Series from remote write bring their own.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Half of this lies between the samples of <c>target_info</c>: the look-back of the engine.</summary>
    public TimeSpan Lookback { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Points of histograms that one read may hold at a time; a query that needs more in one piece fails.</summary>
    public int MaxDistributionPoints { get; set; } = 2_000_000;
}
