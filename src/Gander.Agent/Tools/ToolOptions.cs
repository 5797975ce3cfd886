using System.ComponentModel.DataAnnotations;
using Gander.Agent.Configuration;

namespace Gander.Agent.Tools;

/// <summary>How much the agent's own tools may take and give. What they hand to a model costs tokens, so the limits are well below what a machine could do.</summary>
public sealed class ToolOptions
{
    /// <summary>Bytes kept of each of a command's outputs, half from the beginning and half from the end.</summary>
    [Range(1_024, 16_777_216)]
    public int MaxShellOutputBytes { get; set; } = 32_768;

    /// <summary>Seconds a command may take when the model does not say.</summary>
    [Range(1, 86_400)]
    public int ShellTimeoutSeconds { get; set; } = 300;

    /// <summary>The most seconds a model may ask for.</summary>
    [Range(1, 86_400)]
    public int MaxShellTimeoutSeconds { get; set; } = 3_600;

    /// <summary>The largest file that <c>read</c>, <c>edit</c> and <c>search</c> open, in bytes.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxFileBytes { get; set; } = 8_388_608;

    /// <summary>Bytes of text in one answer of <c>read</c>, <c>tree</c> and <c>search</c>.</summary>
    [Range(1_024, 16_777_216)]
    public int MaxResultBytes { get; set; } = 49_152;

    /// <summary>Lines <c>read</c> gives when the model names no range.</summary>
    [Range(1, 1_000_000)]
    public int MaxReadLines { get; set; } = 2_000;

    /// <summary>Characters of one line that <c>read</c> and <c>search</c> show.</summary>
    [Range(40, 1_000_000)]
    public int MaxLineLength { get; set; } = 2_000;

    /// <summary>Bytes <c>write</c> takes.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxWriteBytes { get; set; } = 16_777_216;

    /// <summary>Entries <c>tree</c> lists and files <c>search</c> looks at.</summary>
    [Range(10, 10_000_000)]
    public int MaxFiles { get; set; } = 50_000;

    /// <summary>Lines <c>search</c> finds before it stops.</summary>
    [Range(1, 100_000)]
    public int MaxMatches { get; set; } = 200;

    /// <summary>Seconds <c>search</c> and <c>tree</c> may take.</summary>
    [Range(1, 3_600)]
    public int MaxSearchSeconds { get; set; } = 30;

    /// <summary>The limits that the configuration sets, by names such as <c>max_shell_output_bytes</c> or <c>GANDER_AGENT_MAX_SHELL_OUTPUT_BYTES</c>.</summary>
    /// <exception cref="AgentConfigurationException">One is no number, or out of its range.</exception>
    public static ToolOptions From(AgentConfiguration configuration)
    {
        var usual = new ToolOptions();
        return new ToolOptions
        {
            MaxShellOutputBytes = configuration.Number("GANDER_AGENT_MAX_SHELL_OUTPUT_BYTES", 1_024, 16_777_216) ?? usual.MaxShellOutputBytes,
            ShellTimeoutSeconds = configuration.Number("GANDER_AGENT_SHELL_TIMEOUT_SECONDS", 1, 86_400) ?? usual.ShellTimeoutSeconds,
            MaxShellTimeoutSeconds = configuration.Number("GANDER_AGENT_MAX_SHELL_TIMEOUT_SECONDS", 1, 86_400) ?? usual.MaxShellTimeoutSeconds,
            MaxFileBytes = configuration.Number("GANDER_AGENT_MAX_FILE_BYTES", 1_024, 1_073_741_824) ?? usual.MaxFileBytes,
            MaxResultBytes = configuration.Number("GANDER_AGENT_MAX_RESULT_BYTES", 1_024, 16_777_216) ?? usual.MaxResultBytes,
            MaxReadLines = configuration.Number("GANDER_AGENT_MAX_READ_LINES", 1, 1_000_000) ?? usual.MaxReadLines,
            MaxLineLength = configuration.Number("GANDER_AGENT_MAX_LINE_LENGTH", 40, 1_000_000) ?? usual.MaxLineLength,
            MaxWriteBytes = configuration.Number("GANDER_AGENT_MAX_WRITE_BYTES", 1_024, 1_073_741_824) ?? usual.MaxWriteBytes,
            MaxFiles = configuration.Number("GANDER_AGENT_MAX_FILES", 10, 10_000_000) ?? usual.MaxFiles,
            MaxMatches = configuration.Number("GANDER_AGENT_MAX_MATCHES", 1, 100_000) ?? usual.MaxMatches,
            MaxSearchSeconds = configuration.Number("GANDER_AGENT_MAX_SEARCH_SECONDS", 1, 3_600) ?? usual.MaxSearchSeconds,
        };
    }
}
