using System.ComponentModel.DataAnnotations;

namespace Gander.Ingest.Derived.Logs;

/// <summary>What is added up of log records as they come in.</summary>
public sealed class LogMetricsOptions : IValidatableObject
{
    /// <summary>
    /// Attributes to add up, each as <c>ATTRIBUTE [as NAME] [by LABEL ...]</c>; the rule that is there by default is for what goose and other
    /// programs with Rust's <c>tracing</c> count in their logs. None turns it off.
    /// </summary>
    public IReadOnlyList<string> Rules { get; set; } =
        ["monotonic_counter.* as * by command session_type interactive exit_type tool_name result recipe_name recipe_version interface"];

    /// <summary>Seconds that what was counted waits for the same metric from the same emitter; longer than emitters wait between two exports of metrics.</summary>
    [Range(0, 3_600)]
    public int HoldSeconds { get; set; } = 120;

    /// <summary>Counters kept at a time; records that would need a further one are not counted.</summary>
    [Range(1, 1_000_000)]
    public int MaxSeries { get; set; } = 10_000;

    /// <summary>Seconds between two points of a counter that grows.</summary>
    [Range(1, 240)]
    public int FlushSeconds { get; set; } = 15;

    /// <summary>Minutes without a record after which a counter ends; it begins anew, from zero, with the next.</summary>
    [Range(5, 10_080)]
    public int IdleMinutes { get; set; } = 60;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var text in Rules)
        {
            if (!LogMetricRule.TryParse(text, out _, out var problem))
            {
                yield return new ValidationResult($"'{text}': {problem}.", [nameof(Rules)]);
            }
        }
    }
}
