using Gander.Telemetry;

namespace Gander.Stores;

/// <summary>One indexed field of series. Build it with the members, which set a key only where there is one.</summary>
public readonly record struct SeriesField
{
    private SeriesField(SeriesFieldOrigin origin, string key) => (Origin, Key) = (origin, key);

    /// <summary>The OTLP name of the metric.</summary>
    public static SeriesField Name { get; } = new(SeriesFieldOrigin.Name, "");

    /// <summary>The name of the scope.</summary>
    public static SeriesField ScopeName { get; } = new(SeriesFieldOrigin.ScopeName, "");

    /// <summary>The value of a field that a series does not have; an attribute sent without a value looks the same.</summary>
    public static AttributeValue AbsentValue { get; } = new(AttributeKind.Empty, 0, "");

    /// <summary>Which part of the series.</summary>
    public SeriesFieldOrigin Origin { get; }

    /// <summary>The key of an attribute; else empty.</summary>
    public string Key { get; }

    /// <summary>An attribute of the points.</summary>
    public static SeriesField OfPoint(string key) => new(SeriesFieldOrigin.Point, key);

    /// <summary>An attribute of the resource.</summary>
    public static SeriesField OfResource(string key) => new(SeriesFieldOrigin.Resource, key);
}
