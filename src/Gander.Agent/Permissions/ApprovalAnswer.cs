namespace Gander.Agent.Permissions;

/// <summary>What the person answers.</summary>
public enum ApprovalAnswer
{
    /// <summary>Do not do it.</summary>
    Deny,

    /// <summary>Do it this once.</summary>
    AllowOnce,

    /// <summary>Do it, and what the request said it means, until the session ends.</summary>
    AllowAlways,
}
