namespace Gander.Hosting.Configuration;

/// <summary>Reads <c>GANDER_*</c> variables.</summary>
internal static class ConfigurationEnvironment
{
    private const string Prefix = "GANDER_";

    // Read by commands and by the project's own tests, not settings of a server.
    private static readonly HashSet<string> Others = new(
        [
            "GANDER_CONFIG", "GANDER_TOKEN", "GANDER_SHARED", "GANDER_LONG", "GANDER_SUITE_MINUTES",
            "GANDER_GOOSE", "GANDER_CLAUDE", "GANDER_CODEX", "GANDER_GEMINI", "GANDER_CHROMIUM", "GANDER_NODE", "GANDER_MCP_SERVERS",
        ],
        StringComparer.Ordinal);

    /// <summary>
    /// Adds the values of known variables. One that is nearly the name of a setting is a mistake; any other unknown one may
    /// belong to somebody else and is only mentioned.
    /// </summary>
    public static void Read(
        IReadOnlyDictionary<string, string> environment, List<Setting> settings, Dictionary<string, SettingValue> values, List<string> problems, List<string> warnings)
    {
        var byVariable = settings.ToDictionary(setting => setting.Variable, StringComparer.Ordinal);
        foreach (var (name, text) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || Others.Contains(name))
            {
                continue;
            }

            if (byVariable.TryGetValue(name, out var setting))
            {
                values[setting.Path] = new SettingValue(IsList(setting) ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text], name);
            }
            else if (Suggestion.Nearest(name[Prefix.Length..], byVariable.Keys.Select(key => key[Prefix.Length..])) is { } nearest)
            {
                problems.Add($"{name}: there is no such variable; did you mean '{Prefix}{nearest}'?");
            }
            else
            {
                warnings.Add($"The environment variable {name} is not a setting of gander and is ignored.");
            }
        }
    }

    private static bool IsList(Setting setting) => setting.Property.PropertyType.IsAssignableFrom(typeof(string[]));
}
