using Gander.Storage.DuckDb.Metrics.Codec;
using Gander.Storage.DuckDb.Metrics.Files;
using Gander.Storage.DuckDb.Metrics.Series;
using Gander.Storage.DuckDb.Native;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Metrics;

/// <summary>
/// Finds the layouts of distributions in their chunks, for series of which the registry file has none: it was written before
/// layouts stood in it, or is damaged.
/// </summary>
internal sealed class LayoutFinder(SeriesRegistry registry, MetricFiles files)
{
    private const int SeriesAtATime = 64;

    private readonly ChunkDecoder _decoder = new();

    /// <summary>Notes the layouts of all such series.</summary>
    public void Find(DuckConnection connection)
    {
        var bare = registry.Entries.Where(entry => entry.Layouts.Length == 0 && entry.Series.Kind is MetricKind.Histogram or MetricKind.Summary);
        foreach (var entries in bare.ToList().Chunk(SeriesAtATime))
        {
            using var slabs = new ByteSlabs();
            var positions = entries.Select((entry, position) => (entry.Series.Id, position)).ToDictionary();
            foreach (ref readonly var chunk in files.Read(connection, positions, metric: null, TimeRange.All, onlyExemplars: false, slabs, CancellationToken.None))
            {
                if (chunk.Form is PointForm.Histogram or PointForm.Summary)
                {
                    var target = new Target(registry, entries[chunk.Position]);
                    _decoder.TryDecodeRuns(chunk.Count, chunk.Times.Span, chunk.Data.Span, ref target);
                }
            }
        }
    }

    private readonly struct Target(SeriesRegistry registry, SeriesEntry entry) : IDistributionRunAcceptor
    {
        public void Accept(in DistributionRun run, ReadOnlySpan<long> times, ReadOnlySpan<long> starts) => registry.NoteLayout(entry, run.Shape);
    }
}
