namespace Gander.Sessions.Indexing;

/// <summary>What a round of folding wants saved, and what to remember once it is.</summary>
internal sealed class FoldChanges
{
    private readonly Dictionary<string, SessionSummary> _saved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly List<Action> _accepted = [];
    private readonly List<Action> _rejected = [];

    /// <summary>Summaries to save.</summary>
    public IReadOnlyList<SessionSummary> Saved => [.. _saved.Values];

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
