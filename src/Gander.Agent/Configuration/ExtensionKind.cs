namespace Gander.Agent.Configuration;

/// <summary>How tools of an extension are reached.</summary>
public enum ExtensionKind
{
    /// <summary>They are part of the agent (goose's <c>builtin</c> and <c>platform</c>).</summary>
    Builtin,

    /// <summary>An MCP server, started as a child process.</summary>
    Stdio,

    /// <summary>An MCP server over streamable HTTP.</summary>
    StreamableHttp,
}
