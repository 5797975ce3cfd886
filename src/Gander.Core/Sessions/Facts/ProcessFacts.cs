namespace Gander.Sessions.Facts;

/// <summary>What is known of one process of an agent whose metrics name no session: they are the session's that it served, if that was only one.</summary>
/// <param name="instance"><c>service.instance.id</c>, or empty.</param>
internal sealed class ProcessFacts(string instance)
{
    // A process with more sessions than this is nobody's alone in any case.
    private const int MaxSessions = 4;

    /// <summary>What the agent calls the process, or empty: then its points cannot be found in a store.</summary>
    public string Instance { get; } = instance;

    /// <summary>Sessions it served, the first few.</summary>
    public HashSet<string> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Its metric points, each once.</summary>
    public Dictionary<(ulong Series, long StartNanos, long TimeNanos), PointFacts> Points { get; } = [];

    /// <summary>Notes that it served a session.</summary>
    public void Join(string session)
    {
        if (Sessions.Count < MaxSessions)
        {
            Sessions.Add(session);
        }
    }

    /// <summary>Whether it served this session and no other.</summary>
    public bool ServedOnly(string session) => Sessions.Count == 1 && Sessions.Contains(session);
}
