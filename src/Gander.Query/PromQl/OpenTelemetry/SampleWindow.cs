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

    /// <summary>The samples of all rows, to be read until <see cref="Leave"/>, which must follow, whatever comes of the task.</summary>
    /// <param name="store">The store.</param>
    /// <param name="range">The time, the same in all calls.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public Task<IEncodedSamples> Enter(IMetricStore store, TimeRange range, CancellationToken cancellationToken)
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

    /// <summary>Ends a read; the memory goes back when all rows were read.</summary>
    /// <param name="encoded">What was read; null when it was not found.</param>
    /// <param name="rows">How many rows it was read for.</param>
    public void Leave(IEncodedSamples? encoded, int rows)
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
