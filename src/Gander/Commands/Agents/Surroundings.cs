namespace Gander.Commands.Agents;

/// <summary>All that an agent's telemetry depends on: variables and files. Tests make their own.</summary>
/// <param name="Environment">Environment variables.</param>
/// <param name="Home">The person's folder.</param>
/// <param name="WorkFolder">The folder an agent would be started in.</param>
/// <param name="ReadText">A file's text; null when there is none or it cannot be read.</param>
/// <param name="OtlpHttp">Where OTLP over HTTP should go, for the lines that are proposed.</param>
internal sealed record Surroundings(
    IReadOnlyDictionary<string, string> Environment, string Home, string WorkFolder, Func<string, string?> ReadText, Uri OtlpHttp)
{
    // No file of settings is larger; what is, is not read.
    private const long MaxBytes = 1 << 20;

    /// <summary>Those of this process.</summary>
    public static Surroundings Of(IReadOnlyDictionary<string, string> environment, Uri otlpHttp) => new(
        environment,
        environment.GetValueOrDefault("HOME") is { Length: > 0 } home ? home : System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
        Directory.GetCurrentDirectory(),
        Read,
        otlpHttp);

    /// <summary>The address to propose, without a slash at its end.</summary>
    public string Endpoint => OtlpHttp.AbsoluteUri.TrimEnd('/');

    /// <summary>A variable's value, or empty.</summary>
    public string Variable(string name) => Environment.GetValueOrDefault(name, "");

    /// <summary>A file below the person's folder.</summary>
    public string InHome(params ReadOnlySpan<string> parts) => Path.Combine([Home, .. parts]);

    /// <summary>A file below the folder for settings of programs.</summary>
    public string InConfig(params ReadOnlySpan<string> parts) =>
        Path.Combine([Variable("XDG_CONFIG_HOME") is { Length: > 0 } folder ? folder : InHome(".config"), .. parts]);

    /// <summary>A path as a person writes it.</summary>
    public string Shown(string path) => path.StartsWith(Home + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? $"~{path[Home.Length..]}" : path;

    private static string? Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MaxBytes } ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
