namespace Gander.Commands.Agents;

/// <summary>All agents whose settings are known, and how a command line is recognised as one of them.</summary>
internal static class AgentCatalogue
{
    // Programs that start another one, and the words and options that may stand between.
    private static readonly string[] Starters =
        ["npx", "bunx", "pnpx", "pnpm", "yarn", "npm", "bun", "node", "deno", "dotnet", "env", "nice", "nohup", "time", "timeout", "stdbuf", "caffeinate"];

    private static readonly string[] Verbs = ["exec", "dlx", "x", "run"];

    /// <summary>The agents, in the order in which they are listed.</summary>
    public static IReadOnlyList<AgentSettings> All { get; } =
    [
        new GooseSettings(),
        new ClaudeSettings(),
        new CodexSettings(),
        new GeminiSettings(),
        new QwenSettings(),
        new CopilotSettings(),
        new OpenCodeSettings(),
        new GanderAgentSettings(),
    ];

    /// <summary>For a program that is none of them: it may start any of them.</summary>
    public static AgentSettings Any { get; } = new AnySettings(All);

    /// <summary>The agent of this name, or null.</summary>
    public static AgentSettings? Find(string name) => All.FirstOrDefault(agent => agent.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The agent that a command line starts, and where in it the agent's name stands; <see cref="Any"/> at 0 when none is recognised.</summary>
    public static (AgentSettings Agent, int Program) Recognise(IReadOnlyList<string> command)
    {
        for (var index = 0; index < command.Count; index++)
        {
            if (All.FirstOrDefault(agent => IsNamed(agent, command[index])) is { } agent)
            {
                return (agent, index);
            }

            // Behind anything else a word is an argument, even if it is the name of an agent.
            if (index == 0 ? !Starters.Contains(Path.GetFileName(command[0]), StringComparer.Ordinal) : !MayStandBetween(command[index]))
            {
                break;
            }
        }

        return (Any, 0);
    }

    private static bool MayStandBetween(string word) =>
        word.StartsWith('-') || word.Contains('=', StringComparison.Ordinal) || (word.Length > 0 && char.IsAsciiDigit(word[0])) || Verbs.Contains(word, StringComparer.Ordinal);

    private static bool IsNamed(AgentSettings agent, string word) =>
        agent.Programs.Contains(Path.GetFileNameWithoutExtension(word), StringComparer.Ordinal)
        || agent.Packages.Any(package => word.Contains(package, StringComparison.Ordinal));
}
