using Spectre.Console;

namespace Gander.Commands;

/// <summary>Where commands write and what they know of their surroundings; tests pass their own.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Complaints and progress.</param>
/// <param name="Environment">Environment variables.</param>
/// <param name="Time">The present.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, IReadOnlyDictionary<string, string> Environment, TimeProvider Time)
{
    private const int UnlimitedWidth = 10_000;

    /// <summary>The process's own.</summary>
    public static Terminal System { get; } = new(
        Console.Out,
        Console.Error,
        global::System.Environment.GetEnvironmentVariables().Cast<global::System.Collections.DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal),
        TimeProvider.System);

    /// <summary>A console for progress bars on <see cref="Error"/>; it draws only on a real terminal.</summary>
    public IAnsiConsole Progress() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });

    /// <summary>A console for tables and charts on <see cref="Output"/>; without a real terminal it draws neither colours nor limits to a width.</summary>
    public IAnsiConsole Screen()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output) });
        if (!console.Profile.Out.IsTerminal)
        {
            // What goes into a file or a pipe is not broken into lines.
            console.Profile.Width = UnlimitedWidth;
        }

        return console;
    }
}
