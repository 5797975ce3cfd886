using System.Globalization;

namespace Gander.Agent.Configuration;

/// <summary>
/// Every setting of the agent, from flags, environment, <c>agent.yaml</c> and goose's <c>config.yaml</c>; the first place that has a
/// setting wins. Names are those of goose's environment variables. Does not change after it is loaded, so threads may share it.
/// </summary>
public sealed class AgentConfiguration
{
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Dictionary<string, string> _flags;
    private readonly ConfigurationFile[] _files;
    private readonly SecretFiles _secrets;

    private AgentConfiguration(IReadOnlyDictionary<string, string> environment, Dictionary<string, string> flags, AgentPaths paths)
    {
        (_environment, _flags, Paths) = (environment, flags, paths);
        _files =
        [
            ConfigurationFile.Load(Path.Combine(paths.Configuration, "agent.yaml"), isOwn: true),
            ConfigurationFile.Load(Path.Combine(paths.GooseConfiguration, "config.yaml"), isOwn: false),
        ];
        _secrets = new SecretFiles([Path.Combine(paths.Configuration, "secrets.yaml"), Path.Combine(paths.GooseConfiguration, "secrets.yaml")]);
    }

    /// <summary>Where things are.</summary>
    public AgentPaths Paths { get; }

    /// <summary>The environment the configuration was loaded from.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    /// <summary>Reads the files; without them the environment alone counts.</summary>
    /// <param name="environment">Environment variables.</param>
    /// <param name="flags">What the command line sets, by the same names; wins over everything.</param>
    /// <exception cref="AgentConfigurationException">A file is not YAML or cannot be read.</exception>
    public static AgentConfiguration Load(IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string>? flags = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new AgentConfiguration(environment, new Dictionary<string, string>(flags ?? new Dictionary<string, string>(), StringComparer.Ordinal), new AgentPaths(environment));
    }

    /// <summary>A setting as text, or null where it is nowhere set; an empty variable counts as not set.</summary>
    public string? Text(string name) => Find(name)?.Text;

    /// <summary>A setting as a whole number.</summary>
    /// <exception cref="AgentConfigurationException">It is set, and not a number of the range.</exception>
    public int? Number(string name, int min = 0, int max = int.MaxValue) => Find(name) switch
    {
        null => null,
        { } found when int.TryParse(found.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max => number,
        { } found => throw Wrong(name, found, max == int.MaxValue ? $"a whole number, {min} or more" : $"a whole number from {min} to {max}"),
    };

    /// <summary>A setting as a number with a fraction.</summary>
    /// <exception cref="AgentConfigurationException">It is set, and not a number of the range.</exception>
    public double? Fraction(string name, double min, double max) => Find(name) switch
    {
        null => null,
        { } found when double.TryParse(found.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max => number,
        { } found => throw Wrong(name, found, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}")),
    };

    /// <summary>A setting as a switch.</summary>
    /// <exception cref="AgentConfigurationException">It is set, and neither on nor off.</exception>
    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { } found => found.Text.ToUpperInvariant() switch
        {
            "TRUE" or "1" or "YES" or "ON" => true,
            "FALSE" or "0" or "NO" or "OFF" => false,
            _ => throw Wrong(name, found, "true or false"),
        },
    };

    /// <summary>A setting as a list: a YAML list, or text with commas in a variable or flag. Empty where it is nowhere set.</summary>
    public IReadOnlyList<string> List(string name)
    {
        if (_flags.GetValueOrDefault(name) is { Length: > 0 } flag)
        {
            return Split(flag);
        }

        if (_environment.GetValueOrDefault(name) is { Length: > 0 } variable)
        {
            return Split(variable);
        }

        return _files.Select(file => file.Find(name)).FirstOrDefault(node => node is not null).Texts();
    }

    /// <summary>
    /// A secret, from the environment, from a <c>secrets.yaml</c>, or from a configuration file. Files count only where their owner alone can read them.
    /// </summary>
    /// <exception cref="AgentConfigurationException">The secret is in a file that others can read.</exception>
    public string? Secret(string name)
    {
        if (_environment.GetValueOrDefault(name) is { Length: > 0 } variable)
        {
            return variable;
        }

        foreach (var file in _files)
        {
            if (file.Find(name).Text() is { Length: > 0 } text)
            {
                SecretFiles.RequirePrivate(file.Path, name);
                return text;
            }
        }

        return _secrets.Find(name);
    }

    /// <summary>The extensions of both files by name; an entry of <c>agent.yaml</c> replaces goose's of the same name.</summary>
    /// <exception cref="AgentConfigurationException">An entry lacks what its type needs.</exception>
    public IReadOnlyList<ExtensionSettings> Extensions()
    {
        var extensions = new Dictionary<string, ExtensionSettings>(StringComparer.Ordinal);
        foreach (var file in _files.Reverse())
        {
            foreach (var extension in ExtensionEntries.Read(file.Find("extensions"), this, file.Path))
            {
                extensions[extension.Name] = extension;
            }
        }

        return [.. extensions.Values];
    }

    /// <summary>The provider and the model that flags, environment and files choose together.</summary>
    /// <exception cref="AgentConfigurationException">None is chosen; the message has the lines to write.</exception>
    public ModelSelection Model() => ModelSelection.From(
        this,
        name => _flags.GetValueOrDefault(name) is { Length: > 0 } flag ? flag : _environment.GetValueOrDefault(name) is { Length: > 0 } variable ? variable : null,
        _files);

    /// <summary>What <c>models</c> in the files says of a model, such as <c>contextLimit</c>; <c>agent.yaml</c> first.</summary>
    internal string? ModelFact(string model, string fact) =>
        _files.Select(file => file.Find("models").At(model).At(fact).Text()).FirstOrDefault(text => text is not null);

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static AgentConfigurationException Wrong(string name, Found found, string expected) =>
        new($"{found.Place} sets {name} to '{found.Text}', which should be {expected}.");

    private Found? Find(string name)
    {
        if (_flags.GetValueOrDefault(name) is { Length: > 0 } flag)
        {
            return new Found(flag, "The command line");
        }

        if (_environment.GetValueOrDefault(name) is { Length: > 0 } variable)
        {
            return new Found(variable, "The environment");
        }

        foreach (var file in _files)
        {
            if (file.Find(name).Text() is { Length: > 0 } text)
            {
                return new Found(text, file.Path);
            }
        }

        return null;
    }

    private sealed record Found(string Text, string Place);
}
