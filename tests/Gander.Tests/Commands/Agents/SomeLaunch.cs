using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

/// <summary>Launches to a server on loopback, prepared for the agent that the command line names.</summary>
internal static class SomeLaunch
{
    public const string Endpoint = "http://127.0.0.1:4318";

    public static Launch Of(string command, params (string Name, string Value)[] environment) => Of(new LaunchTarget(new Uri(Endpoint), null, "run1", Content: false), command, environment);

    public static Launch Of(LaunchTarget target, string command, params (string Name, string Value)[] environment)
    {
        var words = command.Split(' ');
        var launch = new Launch(target, words, SomeSurroundings.Of(environment));
        var (agent, program) = AgentCatalogue.Recognise(words);
        agent.Prepare(launch, program);
        return launch;
    }

    public static LaunchTarget WithToken(string token) => new(new Uri(Endpoint), token, "run1", Content: false);

    public static LaunchTarget WithContent() => new(new Uri(Endpoint), null, "run1", Content: true);
}
