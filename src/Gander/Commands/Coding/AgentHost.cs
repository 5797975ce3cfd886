using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using Gander.Agent.Configuration;
using Gander.Agent.Extensions;
using Gander.Agent.Loop;
using Gander.Agent.Permissions;
using Gander.Agent.Providers;
using Gander.Agent.Sessions;
using Gander.Agent.Telemetry;
using Gander.Agent.Tools;
using Gander.Commands.Queries;

namespace Gander.Commands.Coding;

/// <summary>
/// An agent ready to work, put together from a command line and the configuration, with all it needs and what has to be closed at the end.
/// Closing it sends the telemetry, so it must be closed on every way out.
/// </summary>
internal sealed class AgentHost : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];
    private SessionStore? _store;

    private AgentHost(AgentConfiguration configuration, AgentTelemetry telemetry) => (Configuration, Telemetry) = (configuration, telemetry);

    /// <summary>The settings it was made from.</summary>
    public AgentConfiguration Configuration { get; }

    /// <summary>What is told of it.</summary>
    public AgentTelemetry Telemetry { get; }

    /// <summary>The session as telemetry sees it.</summary>
    public SessionScope Scope { get; private set; } = null!;

    /// <summary>The session.</summary>
    public AgentSession Session { get; private set; } = null!;

    /// <summary>Who decides about calls of tools.</summary>
    public ToolGate Gate { get; private set; } = null!;

    /// <summary>The session's tools and where they come from.</summary>
    public AgentTools Tools { get; private set; } = null!;

    /// <summary>The session goes on with an earlier one.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Puts an agent together. Nothing is sent to a model yet.</summary>
    /// <param name="request">What the command line asks for.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="approver">Who is asked for permission; null where there is nobody.</param>
    /// <param name="terminal">The surroundings.</param>
    /// <param name="cancellationToken">Ends the wait for extensions.</param>
    /// <exception cref="AgentConfigurationException">Something is missing or wrong; the message says what to change.</exception>
    /// <exception cref="SessionStoreException">Sessions cannot be kept.</exception>
    public static async Task<AgentHost> OpenAsync(AgentRequest request, string command, IApprover? approver, Terminal terminal, CancellationToken cancellationToken)
    {
        var configuration = AgentConfiguration.Load(terminal.Environment, request.Settings);
        var host = new AgentHost(configuration, AgentTelemetry.Create(new TelemetrySettings
        {
            Environment = terminal.Environment,
            Version = typeof(AgentHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
            ConfiguredEndpoint = configuration.Text("otel_exporter_otlp_endpoint"),
            ConfiguredTimeout = configuration.Text("otel_exporter_otlp_timeout"),
            StateFolder = configuration.Paths.State,
            Warnings = terminal.Error,
            Output = terminal.Output,
            Time = terminal.Time,
        }));
        try
        {
            await host.AssembleAsync(request, command, approver, terminal, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The last to come is the first to go; telemetry tells of all the others and goes last.
        try
        {
            foreach (var part in Enumerable.Reverse(_parts))
            {
                await part.DisposeAsync();
            }

            Session?.Model.Dispose();
            _store?.Dispose();
        }
        finally
        {
            Scope?.Dispose();
            await Telemetry.DisposeAsync();
        }
    }

    private async Task AssembleAsync(AgentRequest request, string command, IApprover? approver, Terminal terminal, CancellationToken cancellationToken)
    {
        var options = Options(request);
        Gate = new ToolGate(PermissionModes.From(Configuration), PermissionRules.From(Configuration), approver);
        var model = ModelProviders.Connect(Configuration, Configuration.Model(), time: terminal.Time);
        try
        {
            Tools = await StartToolsAsync(request, terminal, cancellationToken);
            _store = request.IsUnstored ? null : SessionStore.Open(Configuration.Paths.Data, terminal.Time);
            var (id, history, isNamed) = _store is null ? (UnstoredId(terminal.Time), null, request.Name is not null) : Choose(request, _store, options.WorkingDirectory);
            IsResumed = history is not null;
            Scope = Telemetry.StartSession(new SessionStart(id, IsResumed ? "resumed" : command == RunCommand.Name ? "run" : "new", approver is not null, command));
            _parts.Add(Session = new AgentSession(id, model, Tools.All, Gate, options, _store, history, isNamed, Scope, terminal.Time));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private AgentOptions Options(AgentRequest request) => new()
    {
        WorkingDirectory = Environment.CurrentDirectory,
        Instructions = request.Instructions,
        MaxSteps = Configuration.Number("GOOSE_MAX_TURNS", min: 1) ?? 1_000,
        MaxToolRepetitions = Configuration.Number("GOOSE_MAX_TOOL_REPETITIONS", min: 1),
        CompactionThreshold = Configuration.Fraction("GOOSE_AUTO_COMPACT_THRESHOLD", 0, 1) ?? 0.8,
        Temperature = (float?)Configuration.Fraction("GOOSE_TEMPERATURE", 0, 2),
        NamesSessions = Configuration.Flag("GOOSE_DISABLE_SESSION_NAMING") != true,
    };

    private async Task<AgentTools> StartToolsAsync(AgentRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        foreach (var name in request.Builtins.Where(name => name != ExtensionChoice.Developer))
        {
            terminal.Error.WriteLine($"warning: there is no built-in extension '{name}'; the only one is {ExtensionChoice.Developer}.");
        }

        var choice = new ExtensionChoice(request.Commands, request.Addresses, request.Builtins, request.HasNoProfile);
        var tools = new AgentTools(choice.Resolve(Configuration), new WorkFolder(Environment.CurrentDirectory), ToolOptions.From(Configuration), ExtensionOptions.From(Configuration));
        _parts.Add(tools);

        // A server may have other tools than before at any time; the next turn takes them.
        tools.Changed += () =>
        {
            if (Session is { } session)
            {
                session.Tools = tools.All;
            }
        };
        await tools.StartAsync(cancellationToken);
        foreach (var problem in tools.Problems)
        {
            terminal.Error.WriteLine($"warning: the extension {ShownText.Of(problem.Extension)} is not there. {ShownText.Of(problem.Reason)}");
        }

        return tools;
    }

    // Also a session that is not kept has an id of its own, so that telemetry does not take it for another; and it runs where none can be kept.
    private string UnstoredId(TimeProvider time)
    {
        try
        {
            using var store = SessionStore.Open(Configuration.Paths.Data, time);
            return store.NextId();
        }
        catch (SessionStoreException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd}_{RandomNumberGenerator.GetInt32(1_000_000_000, int.MaxValue)}");
        }
    }

    private static (string Id, IReadOnlyList<SessionMessage>? History, bool IsNamed) Choose(AgentRequest request, SessionStore store, string workingDirectory)
    {
        if (!request.Resumes)
        {
            var id = store.NextId();
            store.Create(id, request.Name, workingDirectory);
            return (id, null, request.Name is not null);
        }

        var found = request.SessionId is { } wanted ? store.Find(wanted)
            : request.Name is { } name ? store.FindByName(name) ?? store.Find(name)
            : store.List(limit: 1) is [var last] ? last : null;
        return found is null
            ? throw new AgentConfigurationException((request.SessionId ?? request.Name) is { } missing
                ? $"There is no session '{missing}'. These can be resumed: gander session list"
                : "There is no session to resume yet. Run without --resume to begin one.")
            : (found.Id, store.Messages(found.Id), found.Name is not null);
    }
}
