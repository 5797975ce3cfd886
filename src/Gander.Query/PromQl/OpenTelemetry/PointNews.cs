namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>What of a point's value was not counted before.</summary>
internal enum PointNews
{
    /// <summary>Nothing: it counts from before anybody listened.</summary>
    None,

    /// <summary>What it exceeds the value before by.</summary>
    Growth,

    /// <summary>All of it.</summary>
    Whole,
}
