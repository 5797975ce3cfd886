using Gander.Sessions.Facts;
using Gander.Stores;

namespace Gander.Sessions.Indexing;

/// <summary>What waited to be folded.</summary>
/// <param name="Spans">Spans.</param>
/// <param name="Notes">Log records and events.</param>
/// <param name="Points">Metric points.</param>
/// <param name="Progress">The last exports among them; zeros where none was observed.</param>
/// <param name="Overflowed">Whether more was observed than could wait, so that the store must be asked.</param>
/// <param name="PointsOverflowed">The same of metric points, which the store is asked for by session.</param>
internal readonly record struct PendingContent(
    FactPieces<SpanFacts> Spans, List<LogFacts> Notes, List<PointFacts> Points, FoldProgress Progress, bool Overflowed, bool PointsOverflowed);
