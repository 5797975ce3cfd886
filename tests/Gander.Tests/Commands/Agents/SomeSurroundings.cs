using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

/// <summary>A person's machine of which nothing is real: variables and files are what a test says.</summary>
internal static class SomeSurroundings
{
    public const string Home = "/home/ann";

    public static Surroundings Of(params (string Name, string Value)[] environment) => new(
        environment.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal), Home, $"{Home}/code", _ => null, new Uri(SomeLaunch.Endpoint));

    /// <summary>The same with a file, by its path below the home folder or from the root.</summary>
    public static Surroundings With(this Surroundings surroundings, string file, string text)
    {
        var path = Path.IsPathRooted(file) ? file : $"{Home}/{file}";
        return surroundings with { ReadText = asked => asked == path ? text : surroundings.ReadText(asked) };
    }
}
