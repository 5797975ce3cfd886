using Gander.Sessions.Calls;
using Gander.Sessions.Usage;

namespace Gander.Sessions.Indexing;

/// <summary>What a round of folding wants saved, and what to remember once it is.</summary>
internal sealed class FoldChanges(SessionCallsEncoder encoder)
{
    private readonly Dictionary<string, SessionSummary> _saved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionCalls> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionUsage> _usage = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly List<Action> _accepted = [];
    private readonly List<Action> _rejected = [];

    /// <summary>Summaries to save.</summary>
    public IReadOnlyList<SessionSummary> Saved => [.. _saved.Values];

    /// <summary>Calls to save: those of sessions that were folded, and not only looked at again.</summary>
    public IReadOnlyList<SessionCalls> Calls => [.. _calls.Values];

    /// <summary>Usage to save, of the same sessions.</summary>
    public IReadOnlyList<SessionUsage> Usage => [.. _usage.Values];

    /// <summary>Keys to remove.</summary>
    public IReadOnlyCollection<string> Removed => _removed;

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _saved.Count == 0 && _removed.Count == 0;

    /// <summary>Saves a summary.</summary>
    public void Save(SessionSummary summary, Action accepted, Action rejected)
    {
        _rejected.Add(rejected);
        _saved[summary.Key] = summary;
        _removed.Remove(summary.Key);
        _accepted.Add(accepted);
    }

    /// <summary>Saves a folded session with its calls and its usage.</summary>
    public void Save(Session folded, Action accepted, Action rejected)
    {
        Save(folded.Summary, accepted, rejected);
        _calls[folded.Summary.Key] = encoder.Encode(folded);
        if (folded.Usage is { } usage)
        {
            _usage[usage.Key] = usage;
        }
    }

    /// <summary>Removes a session.</summary>
    public void Remove(string key, Action accepted, Action rejected)
    {
        _rejected.Add(rejected);
        if (!_saved.ContainsKey(key))
        {
            _removed.Add(key);
        }

        _accepted.Add(accepted);
    }

    /// <summary>Called when all of it is saved.</summary>
    public void Accept() => _accepted.ForEach(accepted => accepted());

    /// <summary>Called when saving failed.</summary>
    public void Reject() => _rejected.ForEach(rejected => rejected());
}
