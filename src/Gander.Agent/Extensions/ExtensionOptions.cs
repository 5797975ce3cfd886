using System.ComponentModel.DataAnnotations;

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
}
