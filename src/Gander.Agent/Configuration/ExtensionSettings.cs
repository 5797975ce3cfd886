namespace Gander.Agent.Configuration;

/// <summary>One entry of <c>extensions</c> in the configuration, or of a command line.</summary>
/// <param name="Name">Its name, unique among the extensions; tools are called <c>name__tool</c>.</param>
/// <param name="Kind">How it is reached.</param>
public sealed record ExtensionSettings(string Name, ExtensionKind Kind)
{
    /// <summary>Whether it is started; entries that are switched off are kept so that a person can be told.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The program of a <see cref="ExtensionKind.Stdio"/> server.</summary>
    public string? Command { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables given to the program. May hold secrets: never to be shown.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The address of a <see cref="ExtensionKind.StreamableHttp"/> server.</summary>
    public Uri? Address { get; init; }

    /// <summary>Headers sent to it. May hold secrets: never to be shown.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long one call may take; null where nothing is set.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The only tools offered to the model; empty means all.</summary>
    public IReadOnlyList<string> AvailableTools { get; init; } = [];
}
