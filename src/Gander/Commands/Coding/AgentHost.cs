using Gander.Agent.Configuration;
using Gander.Agent.Loop;
using Gander.Agent.Providers;
using Gander.Agent.Sessions;

namespace Gander.Commands.Coding;

/// <summary>An agent ready to work, put together from a command line and the configuration, with all it needs and what has to be closed at the end.</summary>
internal sealed class AgentHost : IAsyncDisposable
{
    private readonly ModelConnection _model;

    private AgentHost(AgentConfiguration configuration, SessionStore? store, ModelConnection model, AgentSession session, bool isResumed) =>
        (Configuration, Store, _model, Session, IsResumed) = (configuration, store, model, session, isResumed);

    /// <summary>The settings it was made from.</summary>
    public AgentConfiguration Configuration { get; }

    /// <summary>Where sessions are kept; null for one that is not kept.</summary>
    public SessionStore? Store { get; }

    /// <summary>The session.</summary>
    public AgentSession Session { get; }

    /// <summary>The session goes on with an earlier one.</summary>
    public bool IsResumed { get; }

    /// <summary>Puts an agent together. Nothing is sent to a model yet.</summary>
    /// <exception cref="AgentConfigurationException">Something is missing or wrong; the message says what to change.</exception>
    /// <exception cref="SessionStoreException">Sessions cannot be kept.</exception>
    public static AgentHost Open(AgentRequest request, Terminal terminal)
    {
        var configuration = AgentConfiguration.Load(terminal.Environment, request.Settings);
        var options = new AgentOptions
        {
            WorkingDirectory = Environment.CurrentDirectory,
            Instructions = request.Instructions,
            MaxSteps = configuration.Number("GOOSE_MAX_TURNS", min: 1) ?? 1_000,
            MaxToolRepetitions = configuration.Number("GOOSE_MAX_TOOL_REPETITIONS", min: 1),
            CompactionThreshold = configuration.Fraction("GOOSE_AUTO_COMPACT_THRESHOLD", 0, 1) ?? 0.8,
            Temperature = (float?)configuration.Fraction("GOOSE_TEMPERATURE", 0, 2),
            NamesSessions = configuration.Flag("GOOSE_DISABLE_SESSION_NAMING") != true,
        };
        var model = ModelProviders.Connect(configuration, configuration.Model(), time: terminal.Time);
        SessionStore? store = null;
        try
        {
            store = SessionStore.Open(configuration.Paths.Data, terminal.Time);
            var (id, history, isNamed) = Choose(request, store, options.WorkingDirectory);
            var kept = request.IsUnstored ? null : store;
            var session = new AgentSession(id, model, [], new OpenGate(), options, kept, history, isNamed, terminal.Time);
            return new AgentHost(configuration, store, model, session, history is not null);
        }
        catch
        {
            store?.Dispose();
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _model.Dispose();
        Store?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static (string Id, IReadOnlyList<SessionMessage>? History, bool IsNamed) Choose(AgentRequest request, SessionStore store, string workingDirectory)
    {
        if (!request.Resumes)
        {
            // Also a session that is not kept has an id of its own, so that telemetry does not take it for another.
            var id = store.NextId();
            if (!request.IsUnstored)
            {
                store.Create(id, request.Name, workingDirectory);
            }

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
