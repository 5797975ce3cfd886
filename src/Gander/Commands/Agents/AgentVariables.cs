namespace Gander.Commands.Agents;

/// <summary>
/// The variables as one agent sees them: those of the environment, and those that its own files set or fall back to. It knows
/// where each comes from, so that a person can be told which line to change.
/// </summary>
internal sealed class AgentVariables(Surroundings surroundings)
{
    // What stands in a file, by the name of the variable it acts as.
    private readonly Dictionary<string, Entry> _strong = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _weak = new(StringComparer.Ordinal);

    /// <summary>Adds a value of a file that goes before the environment.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">The value.</param>
    /// <param name="file">The file.</param>
    /// <param name="key">The key in the file.</param>
    public void Override(string name, string value, string file, string key) => _strong[name] = new Entry(value, file, key);

    /// <summary>Adds a value of a file that is taken when the environment has none.</summary>
    public void FallBack(string name, string value, string file, string key) => _weak[name] = new Entry(value, file, key);

    /// <summary>The variables that a file sets against the environment.</summary>
    public IEnumerable<string> Overridden => _strong.Keys;

    /// <summary>The value that counts, or empty.</summary>
    public string Value(string name) => OfFile(name)?.Value ?? surroundings.Variable(name);

    /// <summary>Whether there is a value.</summary>
    public bool Has(string name) => Value(name).Length > 0;

    /// <summary>Whether the value that counts is the environment's.</summary>
    public bool IsFromEnvironment(string name) => OfFile(name) is null && surroundings.Variable(name).Length > 0;

    /// <summary>Whether the value is one of the words for yes.</summary>
    public bool IsOn(string name) => Value(name).Trim().ToLowerInvariant() is "1" or "true" or "yes" or "on";

    /// <summary>The setting as it may be shown: name and value, with secrets masked, and the file it stands in.</summary>
    public string Shown(string name) => OfFile(name) is { } entry
        ? $"{entry.Key} is {Masked.Value(name, entry.Value)} in {surroundings.Shown(entry.File)}"
        : $"{name} is {Masked.Value(name, Value(name))}";

    /// <summary>The line that gives it another value, without the credentials of an address, and where it stands now. Headers are masked by the caller.</summary>
    public string Change(string name, string value) => OfFile(name) is { } entry
        ? $"{entry.Key}: {Quoted(Masked.Proposed(name, value))}   (in {surroundings.Shown(entry.File)})"
        : $"export {name}={Quoted(Masked.Proposed(name, value))}{Place(name)}";

    /// <summary>The line that takes it away, and where it stands now.</summary>
    public string Drop(string name) => OfFile(name) is { } entry
        ? $"remove {entry.Key} from {surroundings.Shown(entry.File)}"
        : $"unset {name}{Place(name)}";

    private Entry? OfFile(string name) =>
        _strong.TryGetValue(name, out var strong) ? strong
        : surroundings.Variable(name).Length == 0 && _weak.TryGetValue(name, out var weak) ? weak
        : null;

    private string Place(string name) => ShellProfiles.Find(surroundings, name) is { } line ? $"   (now in {surroundings.Shown(line.File)}, line {line.Number})" : "";

    private static string Quoted(string value) => value.All(character => char.IsAsciiLetterOrDigit(character) || "_-./:".Contains(character, StringComparison.Ordinal)) ? value : $"\"{value}\"";

    private sealed record Entry(string Value, string File, string Key);
}
