namespace Gander.Prices;

/// <summary>The table of prices in use, which may be replaced while the server runs. Thread-safe.</summary>
/// <param name="table">The table to begin with.</param>
public sealed class PriceBook(PriceTable table)
{
    private volatile PriceTable _current = table;

    /// <summary>The table in use.</summary>
    public PriceTable Current
    {
        get => _current;
        set => _current = value ?? throw new ArgumentNullException(nameof(value));
    }
}
