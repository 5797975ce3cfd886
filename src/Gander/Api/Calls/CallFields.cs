namespace Gander.Api.Calls;

/// <summary>What calls are told apart by.</summary>
[Flags]
internal enum CallFields
{
    /// <summary>Nothing: all calls are one.</summary>
    None = 0,

    /// <summary>The model or the tool.</summary>
    Name = 1,

    /// <summary>The provider of a model, the MCP server of a tool.</summary>
    Origin = 2,

    /// <summary>The agent.</summary>
    Agent = 4,

    /// <summary>The user.</summary>
    User = 8,
}
