using Gander.Stores;

namespace Gander.Sessions.Indexing;

/// <summary>What the index remembers of one session beside its facts.</summary>
internal sealed class SessionEntry
{
    /// <summary>Whether all its facts are in memory; else they are read from the store before it is folded.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether the store holds facts of it that memory never saw.</summary>
    public bool NeedsStore { get; set; }

    /// <summary>Whether it changed since it was folded.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Up to which exports it was folded when it became dirty.</summary>
    public FoldProgress DirtyFrom { get; set; }

    /// <summary>When it was touched last, in the index's own time.</summary>
    public long TouchedNanos { get; set; }

    /// <summary>Its place among all touches: many sessions are touched at one instant, and those with the lowest are done with first.</summary>
    public long TouchedOrder { get; set; }

    /// <summary>Not to be folded before this time without need: large sessions wait longer.</summary>
    public long DueNanos { get; set; }

    /// <summary>The summary saved last, or null.</summary>
    public SessionSummary? Saved { get; set; }
}
