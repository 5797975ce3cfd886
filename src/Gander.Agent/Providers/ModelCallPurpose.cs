namespace Gander.Agent.Providers;

/// <summary>What a model call was made for.</summary>
public enum ModelCallPurpose
{
    /// <summary>A step of a turn.</summary>
    Reply,

    /// <summary>The session's title.</summary>
    Title,

    /// <summary>A summary that replaces older messages.</summary>
    Compaction,
}
