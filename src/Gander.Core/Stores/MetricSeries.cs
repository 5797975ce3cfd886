using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>
/// What all points of a series share, as it was sent. The start time of a stream is data and no part of it. Immutable and
/// thread-safe.
/// </summary>
/// <param name="id">The store's number of the series: counting up from 1 and never reused.</param>
/// <param name="name">The OTLP name.</param>
/// <param name="unit">The unit, or empty.</param>
/// <param name="kind">The kind.</param>
/// <param name="temporality">The temporality.</param>
/// <param name="isMonotonic">Whether a sum only grows.</param>
/// <param name="resource">What sent it.</param>
/// <param name="scope">The library that made it.</param>
/// <param name="attributes">The attributes of the points, ordered by key (ordinal), each key once.</param>
public sealed class MetricSeries(
    int id,
    string name,
    string unit,
    MetricKind kind,
    Temporality temporality,
    bool isMonotonic,
    Resource resource,
    InstrumentationScope scope,
    IReadOnlyList<KeyValuePair<string, AttributeValue>> attributes)
{
    /// <summary>The store's number of the series: counting up from 1 and never reused.</summary>
    public int Id { get; } = id;

    /// <summary>The OTLP name.</summary>
    public string Name { get; } = name;

    /// <summary>The unit, or empty.</summary>
    public string Unit { get; } = unit;

    /// <summary>The kind.</summary>
    public MetricKind Kind { get; } = kind;

    /// <summary>The temporality.</summary>
    public Temporality Temporality { get; } = temporality;

    /// <summary>Whether a sum only grows.</summary>
    public bool IsMonotonic { get; } = isMonotonic;

    /// <summary>What sent it.</summary>
    public Resource Resource { get; } = resource;

    /// <summary>The library that made it.</summary>
    public InstrumentationScope Scope { get; } = scope;

    /// <summary>The attributes of the points, ordered by key (ordinal), each key once.</summary>
    public IReadOnlyList<KeyValuePair<string, AttributeValue>> Attributes { get; } = attributes;

    /// <summary>The value of <paramref name="field"/>, or the default value (empty) when the series has none.</summary>
    public AttributeValue this[SeriesField field] => field.Origin switch
    {
        SeriesFieldOrigin.Name => AttributeValue.Of(Name),
        SeriesFieldOrigin.ScopeName => AttributeValue.Of(Scope.Name),
        SeriesFieldOrigin.Resource => Resource.TryGet(field.Key, out var value) ? value : SeriesField.AbsentValue,
        _ => OfPoint(field.Key),
    };

    private AttributeValue OfPoint(string key)
    {
        foreach (var (candidate, value) in Attributes)
        {
            if (string.Equals(candidate, key, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return SeriesField.AbsentValue;
    }
}
