using Gander.Sessions.Facts;

namespace Gander.Sessions.Calls;

/// <summary>All that is known of one session of an agent that tells of its calls in several ways.</summary>
internal sealed class SessionEvidence
{
    private (long FromNanos, string Provider)[]? _providers;

    /// <summary>The session.</summary>
    public required SessionFacts Session { get; init; }

    /// <summary>The traces it occurs in, in an order of their own.</summary>
    public required IReadOnlyList<TraceTree> Trees { get; init; }

    /// <summary>Its log records that tell something, each once, earliest first.</summary>
    public required IReadOnlyList<LogFacts> Notes { get; init; }

    /// <summary>Its metric points, each once.</summary>
    public required IReadOnlyList<PointFacts> Points { get; init; }

    /// <summary>Whether no telemetry came for so long that nothing of it can still be going on.</summary>
    public required bool IsSilent { get; init; }

    /// <summary>Where texts are read from, or null when only the summary is wanted.</summary>
    public FactTexts? Texts { get; init; }

    /// <summary>Whether any span of its traces is as asked.</summary>
    public bool HasSpan(Predicate<SpanFacts> match)
    {
        foreach (var tree in Trees)
        {
            foreach (var span in tree.Spans)
            {
                if (match(span))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The provider that the last start of a process before some time named, for agents that name it only then; or null.</summary>
    public string? ProviderAt(long nanos)
    {
        _providers ??= [.. Notes.Where(note => note is { Kind: LogFactKind.ProviderNamed, Call.Provider.Length: > 0 }).Select(note => (note.TimeNanos, note.Call!.Provider))];
        var (low, high) = (0, _providers.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _providers[middle].FromNanos <= nanos ? (middle + 1, high) : (low, middle);
        }

        return _providers.Length == 0 ? null : _providers[Math.Max(0, low - 1)].Provider;
    }
}
