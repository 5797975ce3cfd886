using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Traces;

/// <summary>One trace of a page: what it is, and the newest of its spans that matched.</summary>
internal sealed class TraceHit(TraceId id)
{
    /// <summary>Matching spans shown of each trace.</summary>
    public const int MaxMatched = 5;

    private readonly List<(SpanBatch Batch, int Row)> _matched = [];

    /// <summary>The trace.</summary>
    public TraceId Id { get; } = id;

    /// <summary>Figures over the whole trace; null until they are known, or when it is gone.</summary>
    public TraceSummary? Summary { get; set; }

    /// <summary>The matching spans, newest first.</summary>
    public IReadOnlyList<(SpanBatch Batch, int Row)> Matched => _matched;

    /// <summary>The start of the newest matching span.</summary>
    public long NewestNanos => _matched[0].Batch.StartNanos[_matched[0].Row];

    /// <summary>Notes a matching span, older than those before.</summary>
    public void Add(SpanBatch batch, int row)
    {
        if (_matched.Count < MaxMatched)
        {
            _matched.Add((batch, row));
        }
    }
}
