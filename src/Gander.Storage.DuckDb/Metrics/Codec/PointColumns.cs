namespace Gander.Storage.DuckDb.Metrics.Codec;

/// <summary>
/// Points of one series in the order they were added. Columns in which all points agree take no memory. Only ever added to,
/// so that a <see cref="PointView"/> taken earlier stays valid; one thread adds, and takes views under the lock that readers hold.
/// </summary>
internal sealed class PointColumns(int capacity)
{
    private long[] _times = new long[capacity];
    private long[] _bits = new long[capacity];
    private long[]? _starts;
    private PointForm[]? _forms;
    private PointExtra[]? _extras;
    private byte[]? _payload;
    private long _firstStart;
    private PointForm _firstForm;
    private int _extraCount;
    private int _payloadLength;
    private int _extraBytes;

    /// <summary>Points held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of distributions and exemplars held.</summary>
    public int PayloadBytes => _payloadLength + _extraBytes;

    /// <summary>Whether every point came after its predecessor, by time and then start.</summary>
    public bool IsAscending { get; private set; } = true;

    /// <summary>All points held now.</summary>
    public PointView View => new(Count, _times, _bits, _starts, _firstStart, _forms, _firstForm, _extras, _extraCount, _payload, IsAscending);

    /// <summary>Forgets all points and keeps the memory; views taken before no longer hold.</summary>
    public void Clear()
    {
        _extras?.AsSpan(0, _extraCount).Clear();
        (_starts, _forms) = (null, null);
        (Count, _extraCount, _payloadLength, _extraBytes, IsAscending) = (0, 0, 0, 0, true);
    }

    /// <summary>Adds a point whose value fits 64 bits.</summary>
    public void Add(long time, long start, PointForm form, long bits)
    {
        var row = Count;
        if (row == 0)
        {
            (_firstStart, _firstForm) = (start, form);
        }
        else
        {
            if (row == _times.Length)
            {
                Grow(Math.Max(8, row * 2));
            }

            IsAscending &= time > _times[row - 1] || (time == _times[row - 1] && start > StartOf(row - 1));
            if (_starts is null && start != _firstStart)
            {
                _starts = new long[_times.Length];
                _starts.AsSpan(0, row).Fill(_firstStart);
            }

            if (_forms is null && form != _firstForm)
            {
                _forms = new PointForm[_times.Length];
                _forms.AsSpan(0, row).Fill(_firstForm);
            }
        }

        _times[row] = time;
        _bits[row] = bits;
        if (_starts is not null)
        {
            _starts[row] = start;
        }

        if (_forms is not null)
        {
            _forms[row] = form;
        }

        Count = row + 1;
    }

    /// <summary>Adds a point whose value is a distribution, as <see cref="DistributionBytes"/> writes it.</summary>
    public void AddDistribution(long time, long start, PointForm form, ReadOnlySpan<byte> payload)
    {
        var offset = _payloadLength;
        var needed = checked(offset + payload.Length);
        if (_payload is null || _payload.Length < needed)
        {
            Array.Resize(ref _payload, (int)Math.Min(Math.Max(needed, needed * 2L), Array.MaxLength));
        }

        payload.CopyTo(_payload.AsSpan(offset));
        _payloadLength = needed;
        Add(time, start, form, PointView.Reference(offset, payload.Length));
    }

    /// <summary>Gives the point that was added last flags and exemplars.</summary>
    public void AddExtra(uint flags, byte[] exemplars)
    {
        if (_extras is null || _extraCount == _extras.Length)
        {
            Array.Resize(ref _extras, Math.Max(4, _extraCount * 2));
        }

        _extras[_extraCount++] = new PointExtra(Count - 1, flags, exemplars);
        _extraBytes += exemplars.Length;
    }

    /// <summary>Adds point <paramref name="row"/> of another set, all of it.</summary>
    public void AddFrom(in PointView points, int row)
    {
        var form = points.FormOf(row);
        if (form >= PointForm.Histogram)
        {
            AddDistribution(points.Times[row], points.StartOf(row), form, points.PayloadOf(row));
        }
        else
        {
            Add(points.Times[row], points.StartOf(row), form, points.Bits[row]);
        }

        if (points.TryGetExtra(row, out var extra))
        {
            AddExtra(extra.Flags, extra.Exemplars);
        }
    }

    private long StartOf(int row) => _starts is null ? _firstStart : _starts[row];

    private void Grow(int capacity)
    {
        Array.Resize(ref _times, capacity);
        Array.Resize(ref _bits, capacity);
        if (_starts is not null)
        {
            Array.Resize(ref _starts, capacity);
        }

        if (_forms is not null)
        {
            Array.Resize(ref _forms, capacity);
        }
    }
}
