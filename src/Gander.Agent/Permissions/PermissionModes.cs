using System.Diagnostics;
using Gander.Agent.Configuration;

namespace Gander.Agent.Permissions;

/// <summary>Names of modes as settings and people write them.</summary>
public static class PermissionModes
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<PermissionMode>().Select(Name)];

    /// <summary>The mode's name.</summary>
    public static string Name(this PermissionMode mode) => mode switch
    {
        PermissionMode.Auto => "auto",
        PermissionMode.Approve => "approve",
        PermissionMode.SmartApprove => "smart_approve",
        PermissionMode.Chat => "chat",
        _ => throw new UnreachableException($"no name for {mode}"),
    };

    /// <summary>The mode of that name, in any case and with <c>-</c> for <c>_</c>; null where there is none.</summary>
    public static PermissionMode? Parse(string name)
    {
        var plain = name.Trim().Replace('-', '_');
        return Enum.GetValues<PermissionMode>().Where(mode => string.Equals(mode.Name(), plain, StringComparison.OrdinalIgnoreCase)).Cast<PermissionMode?>().FirstOrDefault();
    }

    /// <summary>The mode that <c>GOOSE_MODE</c> sets; <see cref="PermissionMode.Auto"/> where it is not set.</summary>
    /// <exception cref="AgentConfigurationException">It is set to something else.</exception>
    public static PermissionMode From(AgentConfiguration configuration) => configuration.Text("GOOSE_MODE") switch
    {
        null => PermissionMode.Auto,
        { } name => Parse(name) ?? throw new AgentConfigurationException($"GOOSE_MODE is '{name}', which should be one of {string.Join(", ", Names)}."),
    };
}
