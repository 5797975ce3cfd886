using System.ComponentModel.DataAnnotations;
using Gander.Agent.Configuration;

namespace Gander.Agent.Extensions;

/// <summary>How extensions are treated.</summary>
public sealed class ExtensionOptions
{
    /// <summary>Seconds an extension may take to start and name its tools.</summary>
    [Range(1, 3_600)]
    public int ExtensionStartSeconds { get; set; } = 60;

    /// <summary>Seconds a call may take where the extension's own entry does not say.</summary>
    [Range(1, 86_400)]
    public int ExtensionCallSeconds { get; set; } = 300;

    /// <summary>Seconds an extension gets to end by itself.</summary>
    [Range(1, 60)]
    public int ExtensionStopSeconds { get; set; } = 2;

    /// <summary>Tools taken of one extension.</summary>
    [Range(1, 10_000)]
    public int MaxExtensionTools { get; set; } = 256;

    /// <summary>The limits that the configuration sets, by names such as <c>extension_start_seconds</c> or <c>GANDER_AGENT_EXTENSION_START_SECONDS</c>.</summary>
    /// <exception cref="AgentConfigurationException">One is no number, or out of its range.</exception>
    public static ExtensionOptions From(AgentConfiguration configuration)
    {
        var usual = new ExtensionOptions();
        return new ExtensionOptions
        {
            ExtensionStartSeconds = configuration.Number("GANDER_AGENT_EXTENSION_START_SECONDS", 1, 3_600) ?? usual.ExtensionStartSeconds,
            ExtensionCallSeconds = configuration.Number("GANDER_AGENT_EXTENSION_CALL_SECONDS", 1, 86_400) ?? usual.ExtensionCallSeconds,
            ExtensionStopSeconds = configuration.Number("GANDER_AGENT_EXTENSION_STOP_SECONDS", 1, 60) ?? usual.ExtensionStopSeconds,
            MaxExtensionTools = configuration.Number("GANDER_AGENT_MAX_EXTENSION_TOOLS", 1, 10_000) ?? usual.MaxExtensionTools,
        };
    }
}
