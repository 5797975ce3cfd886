namespace Gander.Commands.Agents;

/// <summary>
/// A program about to start: its command line and environment, which an agent's settings are worked into. What a person had set
/// otherwise and is changed for this run is remembered, so that they can be told.
/// </summary>
internal sealed class Launch
{
    private readonly Surroundings _surroundings;
    private readonly Dictionary<string, string> _environment;
    private readonly List<string> _command;
    private readonly List<string> _notes = [];

    public Launch(LaunchTarget target, IReadOnlyList<string> command, Surroundings surroundings)
    {
        Target = target;
        _command = [.. command];
        _surroundings = surroundings;
        _environment = new Dictionary<string, string>(surroundings.Environment, StringComparer.Ordinal);
    }

    /// <summary>Where it is to send.</summary>
    public LaunchTarget Target { get; }

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command => _command;

    /// <summary>Its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    /// <summary>The same with the files an agent reads, as they are for the program.</summary>
    public Surroundings Surroundings => _surroundings with { Environment = _environment };

    /// <summary>What was changed against a person's settings, a sentence each, without any secret.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The variable's value, or empty.</summary>
    public string Value(string name) => _environment.GetValueOrDefault(name, "");

    /// <summary>Sets a variable; one that had another value is told with <paramref name="why"/>.</summary>
    public void Set(string name, string value, string? why = null)
    {
        var before = Value(name);
        _environment[name] = value;
        if (before.Length > 0 && before != value && why is not null)
        {
            _notes.Add($"{name} is {Masked.Value(name, value)} for this run, not {Masked.Value(name, before)}: {why}");
        }
    }

    /// <summary>Sets a variable that has no value yet.</summary>
    public void SetIfAbsent(string name, string value)
    {
        if (Value(name).Length == 0)
        {
            _environment[name] = value;
        }
    }

    /// <summary>Takes a variable away; one that had a value is told with <paramref name="why"/>.</summary>
    public void Remove(string name, string why)
    {
        if (_environment.Remove(name, out var before) && before.Length > 0)
        {
            _notes.Add($"{name}={Masked.Value(name, before)} is left out for this run: {why}");
        }
    }

    /// <summary>Says something a person should know about this run.</summary>
    public void Note(string sentence) => _notes.Add(sentence);

    /// <summary>Puts arguments behind the word of the command line at <paramref name="index"/>.</summary>
    public void InsertAfter(int index, params IEnumerable<string> arguments) => _command.InsertRange(index + 1, arguments);
}
