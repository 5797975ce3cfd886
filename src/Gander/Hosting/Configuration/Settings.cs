using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Gander.Hosting.Configuration;

/// <summary>
/// All options, bound and checked. Weak to strong: defaults, the file, the environment, flags. It exists only when every value
/// is known, readable and within its range.
/// </summary>
public sealed class Settings
{
    private readonly Dictionary<Type, object> _options;

    private Settings(Dictionary<Type, object> options, IReadOnlyList<string> warnings) => (_options, Warnings) = (options, warnings);

    /// <summary>What does not stop the start but a person should know.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Every bound options object with its class.</summary>
    public IReadOnlyDictionary<Type, object> All => _options;

    /// <summary>The options of one class; the same object each time.</summary>
    public T Get<T>()
        where T : class => (T)_options[typeof(T)];

    /// <summary>Reads all sources for the given sections.</summary>
    /// <param name="sections">The classes of options.</param>
    /// <param name="file">The configuration file; it may be absent unless <paramref name="fileRequired"/>.</param>
    /// <param name="fileRequired">Whether the file was named by a person and must exist.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="flags">Values from the command line by <see cref="Setting.Path"/>.</param>
    /// <exception cref="ConfigurationException">Something is unknown, unreadable or out of range; the message lists everything that is.</exception>
    public static Settings Load(
        IReadOnlyList<OptionsSection> sections,
        string file,
        bool fileRequired,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyDictionary<string, SettingValue> flags)
    {
        var settings = sections.SelectMany(section => section.Settings).ToList();
        var problems = new List<string>();
        var warnings = new List<string>();
        var values = new Dictionary<string, SettingValue>(StringComparer.Ordinal);

        if (fileRequired || File.Exists(file))
        {
            ConfigurationFile.Read(file, settings, values, problems);
        }

        ConfigurationEnvironment.Read(environment, settings, values, problems, warnings);
        foreach (var (path, value) in flags)
        {
            Apply(path, value, settings, values, problems);
        }

        var options = sections.ToDictionary(section => section.Type, section => Activator.CreateInstance(section.Type)!);
        foreach (var setting in settings.Where(setting => values.ContainsKey(setting.Path)))
        {
            Bind(options[setting.Section.Type], setting, values[setting.Path], problems);
        }

        foreach (var section in sections)
        {
            Validate(options[section.Type], section, values, problems);
        }

        return problems.Count == 0 ? new Settings(options, warnings) : throw new ConfigurationException(string.Join(Environment.NewLine, problems));
    }

    private static void Apply(string path, SettingValue value, List<Setting> settings, Dictionary<string, SettingValue> values, List<string> problems)
    {
        if (Find(settings, path) is { } setting)
        {
            values[setting.Path] = value;
        }
        else
        {
            problems.Add($"{value.Source}: there is no setting '{path}'{Suggestion.For(path, settings.Select(known => known.Path))}");
        }
    }

    private static Setting? Find(List<Setting> settings, string path) => settings.Find(setting => setting.Path.Equals(path, StringComparison.Ordinal));

    private static void Bind(object options, Setting setting, SettingValue value, List<string> problems)
    {
        if (SettingParser.TryParse(setting.Property.PropertyType, value.Texts, out var parsed, out var expected))
        {
            setting.Property.SetValue(options, parsed);
        }
        else
        {
            problems.Add($"{value.Source}: {setting.Path} is '{string.Join(", ", value.Texts)}', but must be {expected}.");
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Options are kept whole: the program is not trimmed.")]
    private static void Validate(object options, OptionsSection section, Dictionary<string, SettingValue> values, List<string> problems)
    {
        var found = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true))
        {
            return;
        }

        foreach (var result in found.Where(result => !result.MemberNames.Any(section.Others.Contains)))
        {
            var setting = section.Settings.FirstOrDefault(setting => result.MemberNames.Contains(setting.Property.Name));
            if (setting is null)
            {
                problems.Add(result.ErrorMessage ?? $"{section.Type.Name} is not valid.");
                continue;
            }

            var value = values.GetValueOrDefault(setting.Path);
            var source = value is null ? "" : $"{value.Source}: ";
            var text = value is null ? setting.Property.GetValue(options) : string.Join(", ", value.Texts);
            problems.Add($"{source}{setting.Path} is '{text}'. {result.ErrorMessage?.Replace($"The field {setting.Property.Name}", "It", StringComparison.Ordinal)}");
        }
    }
}
