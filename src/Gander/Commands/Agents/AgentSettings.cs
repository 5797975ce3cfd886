using System.Runtime.InteropServices;

namespace Gander.Commands.Agents;

/// <summary>
/// What is known of one agent: how it is recognised, how it is made to send its telemetry, and what can be wrong with the settings
/// it has. A new agent is a new subclass, listed in <see cref="AgentCatalogue"/>. Stateless and thread-safe.
/// </summary>
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

    /// <summary>What it calls itself in <c>service.name</c>, or how that begins.</summary>
    public virtual IReadOnlyList<string> ServiceNames => [Name];

    /// <summary>The signals it has.</summary>
    public virtual IReadOnlyList<string> Signals => OtelVariables.Signals;

    /// <summary>The values of OpenTelemetry's protocol variable with which it reaches an address of OTLP over HTTP; the first is the best.</summary>
    public virtual IReadOnlyList<string> HttpProtocols => ["http/protobuf", "http/json"];

    /// <summary>Whether OpenTelemetry's compression variable leaves it sending.</summary>
    public virtual bool Compresses => true;

    /// <summary>Whether it goes by <c>OTEL_SDK_DISABLED</c>.</summary>
    public virtual bool CanBeDisabled => true;

    /// <summary>Whether it loses all resource attributes when one of them is not written as the specification wants it, as OpenTelemetry's SDK for JavaScript does.</summary>
    public virtual bool IsStrictAboutAttributes => true;

    /// <summary>The variable that names a file of certificates it trusts besides those of the system.</summary>
    public virtual string TrustVariable => "NODE_EXTRA_CA_CERTS";

    /// <summary>Whether it pays no heed to <c>OTEL_EXPORTER_OTLP_CERTIFICATE</c>.</summary>
    public virtual bool IgnoresCertificate => false;

    /// <summary>Whether it reads <c>%20</c> in a header as a space, as the specification says.</summary>
    public virtual bool DecodesHeaders => true;

    /// <summary>Whether what it starts in a session of processes of its own (setsid(2)) is a command of a tool, and not something that was detached from it.</summary>
    public virtual bool StartsToolsInSessions => true;

    /// <summary>Makes the program send all it has to the target, without a change of any file.</summary>
    /// <param name="launch">The program about to start.</param>
    /// <param name="program">Where in the command line its name stands.</param>
    public void Prepare(Launch launch, int program)
    {
        StandardSettings.Apply(launch, this);
        SetEnvironment(launch);
        AddArguments(launch, program);
    }

    /// <summary>How OTLP travels with this value of the protocol variable; null when nothing is sent with it.</summary>
    public virtual Wire? WireOf(string protocol) => protocol switch
    {
        "" or "http/protobuf" => Wire.HttpProtobuf,
        "http/json" => Wire.HttpJson,
        "grpc" => Wire.Grpc,
        _ => null,
    };

    /// <summary>Where it sends without an address; null when it sends nothing then.</summary>
    public virtual string? DefaultEndpoint(Wire wire, AgentVariables variables) => null;

    /// <summary>The settings that count for it.</summary>
    public virtual AgentVariables Read(Surroundings surroundings) => new(surroundings);

    /// <summary>All that is wrong with its settings, or worth knowing. Nothing is asked over the network.</summary>
    public abstract IEnumerable<Finding> Check(Surroundings surroundings);

    /// <summary>The signal by which it ends with all its telemetry sent, where this one would end it without.</summary>
    /// <param name="signal">One of SIGTERM and SIGHUP, which ask a program to end.</param>
    /// <param name="arguments">Its command line behind its name.</param>
    public virtual PosixSignal EndingSignal(PosixSignal signal, IEnumerable<string> arguments) => signal;

    /// <summary>The ways its signals take with the settings it has; those that are off are left out.</summary>
    public abstract IReadOnlyList<ExportRoute> Routes(Surroundings surroundings);

    /// <summary>Sets the variables that are this agent's own. Other agents must not mind them.</summary>
    internal abstract void SetEnvironment(Launch launch);

    /// <summary>Adds arguments behind the program's name, for what no variable can say.</summary>
    private protected virtual void AddArguments(Launch launch, int program)
    {
    }
}
