namespace Gander.Agent.Permissions.Shell;

/// <summary>A program with its arguments.</summary>
/// <param name="Words">The program and its arguments; empty where only variables are set.</param>
/// <param name="Redirects">Its redirections.</param>
/// <param name="IsPiped">Whether its input is what another command prints.</param>
internal sealed record ShellSimpleCommand(IReadOnlyList<ShellWord> Words, IReadOnlyList<ShellRedirect> Redirects, bool IsPiped)
{
    /// <summary>The program's name without its folder; empty where it is computed.</summary>
    public string Name => Words is [{ IsComputed: false } first, ..] ? Path.GetFileName(first.Text) : "";

    /// <summary>The texts of the arguments.</summary>
    public IEnumerable<string> Arguments => Words.Skip(1).Select(word => word.Text);

    /// <summary>Arguments that are no options.</summary>
    public IEnumerable<ShellWord> Operands => Words.Skip(1).Where(word => !word.Text.StartsWith('-') || word.Text == "-");

    /// <summary>Whether one of the short options, alone or among others as in <c>-rf</c>, or a long one, cut short or not, is given.</summary>
    public bool Has(string shortOptions, params ReadOnlySpan<string> longOptions)
    {
        foreach (var argument in Arguments)
        {
            if (argument == "--")
            {
                return false;
            }

            if (argument.StartsWith("--", StringComparison.Ordinal)
                    ? IsAny(argument.Split('=')[0], longOptions)
                    : argument.StartsWith('-') && argument.AsSpan(1).ContainsAny(shortOptions))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAny(string argument, ReadOnlySpan<string> options)
    {
        foreach (var option in options)
        {
            if (argument == option || (argument.Length > "--".Length + 2 && option.StartsWith(argument, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The command without its first words, as when a program runs another.</summary>
    public ShellSimpleCommand Without(int words) => this with { Words = [.. Words.Skip(words)] };
}
