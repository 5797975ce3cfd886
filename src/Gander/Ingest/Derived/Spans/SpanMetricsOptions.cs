using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Gander.Telemetry;

namespace Gander.Ingest.Derived.Spans;

/// <summary>What is counted of spans as they come in.</summary>
public sealed class SpanMetricsOptions : IValidatableObject
{
    /// <summary>The most buckets a histogram of ours may have, infinity not counted.</summary>
    public const int MaxBounds = 60;

    private static readonly double[] DefaultBounds = [2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1_000, 1_400, 2_000, 5_000, 10_000, 15_000];

    /// <summary>Whether calls and durations are counted at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Attributes of the span, else of its resource, that become labels beside service, span name, kind and status.</summary>
    public IReadOnlyList<string> Dimensions { get; set; } =
        [AttributeKeys.RequestModel, AttributeKeys.ProviderName, "gen_ai.system", AttributeKeys.OperationName, AttributeKeys.ToolName];

    /// <summary>Upper bounds of the buckets in the unit, ascending; none for the connector's, which reach from 2 ms to 15 s.</summary>
    public IReadOnlyList<string> Buckets { get; set; } = [];

    /// <summary>The unit of durations.</summary>
    public SpanMetricsUnit Unit { get; set; } = SpanMetricsUnit.Milliseconds;

    /// <summary>Label sets counted at a time; spans of further ones are counted together in one overflow series.</summary>
    [Range(1, 1_000_000)]
    public int MaxSeries { get; set; } = 10_000;

    /// <summary>Whether each bucket remembers its latest span.</summary>
    public bool Exemplars { get; set; } = true;

    /// <summary>Seconds between two points of a series that grows.</summary>
    [Range(1, 240)]
    public int FlushSeconds { get; set; } = 15;

    /// <summary>Minutes without a span after which a series ends; it begins anew, from zero, with the next.</summary>
    [Range(5, 10_080)]
    public int IdleMinutes { get; set; } = 60;

    /// <summary>The bounds in the unit, ascending.</summary>
    public double[] Bounds() => Buckets.Count > 0 ? [.. Buckets.Select(Parse)]
        : Unit == SpanMetricsUnit.Milliseconds ? DefaultBounds
        : [.. DefaultBounds.Select(bound => bound / 1_000)];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var bounds = Buckets.Select(Parse).ToList();
        if (bounds.Count > MaxBounds || bounds.Exists(bound => !double.IsFinite(bound)) || bounds.Zip(bounds.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return new ValidationResult($"Buckets are at most {MaxBounds} numbers that ascend, such as 10, 100, 1000.", [nameof(Buckets)]);
        }

        if (Dimensions.Count > 32 || Dimensions.Any(dimension => dimension.Length is 0 or > 63 || LongText.ContentKeys.Contains(dimension)))
        {
            yield return new ValidationResult("Dimensions are at most 32 attribute names of at most 63 bytes, and not those of prompts, inputs and outputs.", [nameof(Dimensions)]);
        }
    }

    private static double Parse(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : double.NaN;
}
