using System.Text.RegularExpressions;

namespace Gander.Commands.Agents;

/// <summary>The files in which people set variables for their shells.</summary>
internal static class ShellProfiles
{
    private static readonly string[] InHome = [".zshrc", ".zshenv", ".zprofile", ".bashrc", ".bash_profile", ".bash_login", ".profile"];

    /// <summary>The last place that sets the variable, or null.</summary>
    public static ProfileLine? Find(Surroundings surroundings, string name)
    {
        var pattern = new Regex(
            $"""^\s*(?:(?<export>export\s+|declare\s+-x\s+|set\s+-[a-z]*x[a-z]*\s+)|set\s+(?:-[a-z]+\s+)*)?{Regex.Escape(name)}(?:=|\s+)(?<value>.*)$""",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
        ProfileLine? found = null;
        foreach (var file in Files(surroundings))
        {
            var lines = surroundings.ReadText(file)?.Split('\n') ?? [];
            for (var index = 0; index < lines.Length; index++)
            {
                if (pattern.Match(lines[index].TrimEnd('\r')) is { Success: true } match)
                {
                    found = new ProfileLine(file, index + 1, match.Groups["value"].Value.Trim().Trim('"', '\''), match.Groups["export"].Success);
                }
            }
        }

        return found;
    }

    private static IEnumerable<string> Files(Surroundings surroundings) =>
        [.. InHome.Select(file => surroundings.InHome(file)), surroundings.InConfig("fish", "config.fish")];
}
