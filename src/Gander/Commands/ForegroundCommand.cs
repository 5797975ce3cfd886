using System.CommandLine;

namespace Gander.Commands;

/// <summary>A command whose terminal belongs to somebody else while it runs: it handles signals itself, and no first Ctrl-C cancels it.</summary>
internal sealed class ForegroundCommand(string name, string description) : Command(name, description)
{
    /// <summary>Whether that holds for what was asked of it; always, unless said otherwise.</summary>
    public Func<ParseResult, bool> HandlesSignals { get; set; } = _ => true;
}
