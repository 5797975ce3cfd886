namespace Gander.Load;

/// <summary>The parts of a run.</summary>
public enum LoadPhase
{
    /// <summary>Bodies are built before the clock starts.</summary>
    Building,

    /// <summary>Bodies are sent and the clock runs.</summary>
    Sending,

    /// <summary>Everything was sent; work the server put off is still measured.</summary>
    Settling,

    /// <summary>Queries are asked.</summary>
    Asking,
}
