namespace Gander.Agent.Loop;

/// <summary>How a turn ended.</summary>
public enum TurnStatus
{
    /// <summary>With an answer.</summary>
    Completed,

    /// <summary>At the limit of steps; the person may let it go on.</summary>
    StepLimit,

    /// <summary>The person interrupted it.</summary>
    Interrupted,

    /// <summary>A tool needed an approval that nobody could give.</summary>
    ApprovalRequired,

    /// <summary>The provider failed for good.</summary>
    Failed,
}
