namespace Gander.Agent.Permissions;

/// <summary>How much the agent may do without asking.</summary>
public enum PermissionMode
{
    /// <summary>Everything but what is dangerous or reaches outside of the working directory.</summary>
    Auto,

    /// <summary>Nothing: each call is asked about.</summary>
    Approve,

    /// <summary>What only looks: calls that may change something are asked about.</summary>
    SmartApprove,

    /// <summary>Nothing at all: tools are not used.</summary>
    Chat,
}
