namespace Gander.Stores;

/// <summary>Which part of a series a field looks at.</summary>
public enum SeriesFieldOrigin : byte
{
    /// <summary>The OTLP name of the metric.</summary>
    Name,

    /// <summary>An attribute of the points.</summary>
    Point,

    /// <summary>An attribute of the resource.</summary>
    Resource,

    /// <summary>The name of the scope.</summary>
    ScopeName,
}
