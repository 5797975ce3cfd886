namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>A value of a label and the rows that have it, ascending. Only ever added to, under the lock of its table.</summary>
internal sealed class Postings(string value)
{
    private int[] _rows = new int[1];
    private int _count;

    /// <summary>The value, the one string that all rows share.</summary>
    public string Value { get; } = value;

    /// <summary>The rows.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    /// <summary>Adds a row above all others.</summary>
    public void Add(int row)
    {
        if (_count == _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(4, _count + (_count / 2)));
        }

        _rows[_count++] = row;
    }
}
