using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>
/// Rows of one mode whose samples were found together, because finding some thousand series costs little more than finding a
/// few. Its memory goes back when all of its rows were read. Thread-safe.
/// </summary>
internal sealed class SampleWindow
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, int> _positions = [];
    private readonly int _rows;
    private Task<IEncodedSamples>? _opened;
    private int _readers;
    private int _rowsRead;

    /// <summary>Makes a window over rows that read numbers.</summary>
    public SampleWindow(IEnumerable<SelectedRow> rows)
    {
        foreach (var row in rows)
        {
            _rows++;
            foreach (var origin in row.Origins)
            {
                _positions.TryAdd(origin.SeriesId, _positions.Count);
            }
        }
    }

    /// <summary>The position of a stored series.</summary>
    public int PositionOf(int seriesId) => _positions[seriesId];

    /// <summary>Reads some of the series; what is read of a row at one time counts for <paramref name="rows"/> rows.</summary>
    /// <param name="store">The store.</param>
    /// <param name="range">The time, the same in all calls.</param>
    /// <param name="positions">Which series.</param>
    /// <param name="rows">How many rows they are for.</param>
    /// <param name="samples">Takes the samples.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task ReadAsync(IMetricStore store, TimeRange range, int[] positions, int rows, SampleBuffer samples, CancellationToken cancellationToken)
    {
        IEncodedSamples? encoded = null;
        try
        {
            encoded = await Enter(store, range, cancellationToken).ConfigureAwait(false);
            encoded.Read(positions, samples, cancellationToken);
        }
        finally
        {
            Leave(encoded, rows);
        }
    }

    private Task<IEncodedSamples> Enter(IMetricStore store, TimeRange range, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _readers++;
            if (_opened is null or { IsFaulted: true } or { IsCanceled: true })
            {
                var ids = new int[_positions.Count];
                foreach (var (id, position) in _positions)
                {
                    ids[position] = id;
                }

                _opened = store.OpenSamplesAsync(ids, range, cancellationToken);
            }

            return _opened;
        }
    }

    private void Leave(IEncodedSamples? encoded, int rows)
    {
        lock (_lock)
        {
            _readers--;
            _rowsRead += rows;
            if (_readers > 0 || _rowsRead < _rows)
            {
                return;
            }

            (_opened, _rowsRead) = (null, 0);
        }

        encoded?.Dispose();
    }
}
