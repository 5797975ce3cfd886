namespace Gander.Commands.Agents;

/// <summary>Any other program, such as a shell or a script: the environment of every agent it might start.</summary>
internal sealed class AnySettings(IReadOnlyList<AgentSettings> agents) : AgentSettings
{
    /// <inheritdoc/>
    public override string Name => "any";

    /// <inheritdoc/>
    public override string Title => "the program";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Programs => [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> HttpProtocols => ["http/protobuf"];

    /// <inheritdoc/>
    public override bool Compresses => false;

    /// <inheritdoc/>
    public override bool StartsToolsInSessions => false;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Check(Surroundings surroundings) => agents.SelectMany(agent => agent.Check(surroundings));

    /// <inheritdoc/>
    public override IReadOnlyList<ExportRoute> Routes(Surroundings surroundings) => [.. agents.SelectMany(agent => agent.Routes(surroundings))];

    /// <inheritdoc/>
    internal override void SetEnvironment(Launch launch)
    {
        foreach (var agent in agents)
        {
            agent.SetEnvironment(launch);
        }
    }
}
