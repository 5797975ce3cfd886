namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>What is done with the points of a row; the order is that of their reads.</summary>
internal enum RowMode : byte
{
    /// <summary>Nothing but converting: they came from Prometheus.</summary>
    Finished,

    /// <summary>Put in order.</summary>
    Level,

    /// <summary>Streams one after the other.</summary>
    Follow,

    /// <summary>Streams added up, anew each day.</summary>
    AddUp,

    /// <summary>Changes of a level added up from the first one on.</summary>
    AddUpLevel,

    /// <summary>Made from when a resource sent anything.</summary>
    Target,
}
