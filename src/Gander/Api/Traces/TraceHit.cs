using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Traces;

/// <summary>One trace of a page: what it is, and the newest of its spans that matched.</summary>
/// <param name="batch">Holds the span.</param>
/// <param name="row">The row of the span.</param>
internal sealed class TraceHit(SpanBatch batch, int row)
{
    /// <summary>The trace.</summary>
    public TraceId Id => Batch.TraceIds[Row];

    /// <summary>Figures over the whole trace; null until they are known, or when it is gone.</summary>
    public TraceSummary? Summary { get; set; }

    /// <summary>The batch that holds the span.</summary>
    public SpanBatch Batch { get; } = batch;

    /// <summary>The row of the span.</summary>
    public int Row { get; } = row;
}
