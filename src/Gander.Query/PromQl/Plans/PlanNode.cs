using Gander.Query.Shared;

namespace Gander.Query.PromQl.Plans;

/// <summary>One operation of a plan. Immutable.</summary>
public sealed record PlanNode
{
    /// <summary>What is done, in a few words: <c>sum by (le)</c>, <c>rate over 5m</c>, <c>select x{a="b"}</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The part of the query it stands for, in one line.</summary>
    public required string Expression { get; init; }

    /// <summary>Where that part stands in the query.</summary>
    public required TextPosition Position { get; init; }

    /// <summary>How it is done and what is saved, each a short sentence; may be empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How many series a selector finds, or null where that was not asked or the node is no selector.</summary>
    public int? Series { get; init; }

    /// <summary>The times of samples that a selector reads, Unix milliseconds, both included; null at other nodes.</summary>
    public (long FirstMillis, long LastMillis)? Reads { get; init; }

    /// <summary>The number of a result that is used more than once, or null. Only its first use has inputs.</summary>
    public int? Shared { get; init; }

    /// <summary>Where its values come from.</summary>
    public IReadOnlyList<PlanNode> Inputs { get; init; } = [];
}
