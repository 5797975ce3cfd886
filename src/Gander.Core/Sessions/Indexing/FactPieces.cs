namespace Gander.Sessions.Indexing;

/// <summary>
/// Facts in the order they came, in pieces of one size: many facts wait for a fold under load, and a list that grows would
/// keep arrays for twice as many. Not thread-safe.
/// </summary>
internal sealed class FactPieces<T>
{
    private const int PieceLength = 2_048;
    private const int MaxSpare = 32;

    private readonly List<T[]> _pieces = [];
    private readonly Stack<T[]> _spare;

    /// <summary>Pieces of its own.</summary>
    public FactPieces()
        : this([])
    {
    }

    private FactPieces(Stack<T[]> spare) => _spare = spare;

    /// <summary>Facts held.</summary>
    public int Count { get; private set; }

    /// <summary>The pieces, first facts first.</summary>
    public IEnumerable<ReadOnlyMemory<T>> Pieces =>
        _pieces.Select((piece, index) => new ReadOnlyMemory<T>(piece, 0, Math.Min(PieceLength, Count - (index * PieceLength))));

    /// <summary>Adds a fact.</summary>
    public void Add(T fact)
    {
        var place = Count % PieceLength;
        if (place == 0)
        {
            _pieces.Add(_spare.TryPop(out var spare) ? spare : new T[PieceLength]);
        }

        _pieces[^1][place] = fact;
        Count++;
    }

    /// <summary>Forgets all facts and keeps some of the memory.</summary>
    public void Clear() => GiveBack(this);

    /// <summary>What is held, in an object of its own; this one is empty afterwards. Give it back to <see cref="Recycle"/>.</summary>
    public FactPieces<T> Take()
    {
        var taken = new FactPieces<T>(_spare) { Count = Count };
        taken._pieces.AddRange(_pieces);
        _pieces.Clear();
        Count = 0;
        return taken;
    }

    /// <summary>Takes back the memory of what <see cref="Take"/> gave.</summary>
    public void Recycle(FactPieces<T> taken) => GiveBack(taken);

    private void GiveBack(FactPieces<T> from)
    {
        foreach (var piece in from._pieces.Where(_ => _spare.Count < MaxSpare))
        {
            Array.Clear(piece);
            _spare.Push(piece);
        }

        from._pieces.Clear();
        from.Count = 0;
    }
}
