namespace Gander.Telemetry;

/// <summary>
/// What a Prometheus sender said of a metric family. Prometheus sends it apart from the samples, and the samples of one name
/// must stay one series whether it came or not; so series under <see cref="PrometheusScope"/> are gauges without a unit whatever
/// they are in truth, and this stands in the description of their metric, as <see cref="ToString"/> writes it.
/// </summary>
/// <param name="Type">counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown.</param>
/// <param name="Unit">The unit in Prometheus' words, or empty.</param>
/// <param name="Help">What the metric means, or empty.</param>
public sealed record PrometheusMetadata(string Type, string Unit, string Help)
{
    private static readonly string[] Types = ["unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"];

    /// <summary>The name of a type by its number in the remote write protocols; numbers that are not known are <c>unknown</c>.</summary>
    public static string TypeName(ulong number) => Types[number < (ulong)Types.Length ? (int)number : 0];

    /// <summary>Reads what stands in a description; false when it was not written by <see cref="ToString"/>.</summary>
    public static bool TryParse(string description, out PrometheusMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(description);
        var parts = description.Split('\n', 3);
        var isOurs = parts.Length == 3 && Array.IndexOf(Types, parts[0]) >= 0;
        metadata = isOurs ? new PrometheusMetadata(parts[0], parts[1], parts[2]) : new PrometheusMetadata(Types[0], "", description);
        return isOurs;
    }

    /// <summary>
    /// The family that the series <paramref name="name"/> of this type belongs to: <c>x</c> for <c>x_bucket</c>, <c>x_sum</c> and
    /// <c>x_count</c> of a histogram or summary, else the name itself.
    /// </summary>
    public string FamilyOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var suffix in Type switch
        {
            "histogram" or "gaugehistogram" => (ReadOnlySpan<string>)["_bucket", "_sum", "_count", "_gsum", "_gcount"],
            "summary" => ["_sum", "_count"],
            _ => [],
        })
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal))
            {
                return name[..^suffix.Length];
            }
        }

        return name;
    }

    /// <summary>Type, unit and help, a line each; the help may have more lines.</summary>
    public override string ToString() => $"{Type}\n{Unit}\n{Help}";
}
