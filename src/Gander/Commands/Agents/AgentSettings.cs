namespace Gander.Commands.Agents;

/// <summary>How one agent is made to send its telemetry: a new agent is a new subclass, listed in <see cref="AgentCatalogue"/>. Stateless and thread-safe.</summary>
internal abstract class AgentSettings
{
    /// <summary>The word for it on the command line, such as <c>claude</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What people call it.</summary>
    public abstract string Title { get; }

    /// <summary>The names its program goes by, without folder and extension.</summary>
    public virtual IReadOnlyList<string> Programs => [Name];

    /// <summary>The packages that bring it, as <c>npx</c> and the like start them.</summary>
    public virtual IReadOnlyList<string> Packages => [];

    /// <summary>The values of OpenTelemetry's protocol variable with which it reaches an address of OTLP over HTTP; the first is the best.</summary>
    public virtual IReadOnlyList<string> HttpProtocols => ["http/protobuf", "http/json"];

    /// <summary>Whether OpenTelemetry's compression variable leaves it sending.</summary>
    public virtual bool Compresses => true;

    /// <summary>Makes the program send all it has to the target, without a change of any file.</summary>
    /// <param name="launch">The program about to start.</param>
    /// <param name="program">Where in the command line its name stands.</param>
    public void Prepare(Launch launch, int program)
    {
        StandardSettings.Apply(launch, this);
        SetEnvironment(launch);
        AddArguments(launch, program);
    }

    /// <summary>Sets the variables that are this agent's own. Other agents must not mind them.</summary>
    internal abstract void SetEnvironment(Launch launch);

    /// <summary>Adds arguments behind the program's name, for what no variable can say.</summary>
    private protected virtual void AddArguments(Launch launch, int program)
    {
    }
}
