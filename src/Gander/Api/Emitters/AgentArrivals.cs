using Gander.Ingest;
using Gander.Sessions;

namespace Gander.Api.Emitters;

/// <summary>What arrives of one agent of one person on one host, made of its sessions and of its exports since the server started. Not thread-safe.</summary>
/// <param name="first">The latest of its sessions.</param>
internal sealed class AgentArrivals(SessionSummary first)
{
    private readonly Dictionary<(string What, string? Fix), MissingLine> _missing = [];

    /// <summary>The agent.</summary>
    public string Agent => first.Agent;

    /// <summary>The person, or null.</summary>
    public string? User => first.User;

    /// <summary>The host, or null.</summary>
    public string? Host => first.Host;

    /// <summary>The version of the agent in its latest session that tells one, or null.</summary>
    public string? Version { get; private set; }

    /// <summary>Sessions.</summary>
    public int Sessions { get; private set; }

    /// <summary>Start of the first session, Unix nanoseconds.</summary>
    public long FirstNanos { get; private set; } = long.MaxValue;

    /// <summary>The last record of any session, Unix nanoseconds.</summary>
    public long LastNanos { get; private set; } = long.MinValue;

    /// <summary>What it sent since the server started, or null when nothing.</summary>
    public EmitterStatus? Sent { get; private set; }

    /// <summary>What its sessions miss, that of most sessions first.</summary>
    public IEnumerable<MissingLine> Missing => _missing.Values.OrderByDescending(line => line.Sessions).ThenBy(line => line.What, StringComparer.Ordinal);

    /// <summary>Adds a session; the latest come first.</summary>
    public void Add(SessionSummary session)
    {
        Sessions++;
        Version ??= session.AgentVersion;
        FirstNanos = Math.Min(FirstNanos, session.StartNanos);
        LastNanos = Math.Max(LastNanos, session.EndNanos);
        foreach (var part in session.Missing)
        {
            // Why differs in numbers from session to session; the latest is told.
            var known = _missing.GetValueOrDefault((part.What, part.Fix)) ?? new MissingLine(part.What, part.Why, part.Fix, 0, session.StartNanos, session.StartNanos);
            _missing[(part.What, part.Fix)] = known with { Sessions = known.Sessions + 1, SinceNanos = Math.Min(known.SinceNanos, session.StartNanos) };
        }
    }

    /// <summary>Takes the exports that are this agent's: of its services, on its host, of its user where they tell. Several count together.</summary>
    public void Find(IReadOnlyList<EmitterStatus> emitters)
    {
        foreach (var emitter in emitters)
        {
            if (AgentService.IsOf(emitter.Service, Agent)
                && (Host is null || emitter.Host.Length == 0 || emitter.Host == Host)
                && (User is null || emitter.User.Length == 0 || emitter.User == User))
            {
                Sent = Sent is null ? emitter : Sent with
                {
                    TraceExports = Sent.TraceExports + emitter.TraceExports,
                    MetricExports = Sent.MetricExports + emitter.MetricExports,
                    LogExports = Sent.LogExports + emitter.LogExports,
                    Records = Sent.Records + emitter.Records,
                    Rejected = Sent.Rejected + emitter.Rejected,
                    LastRejection = Sent.LastRejection ?? emitter.LastRejection,
                };
            }
        }
    }
}
