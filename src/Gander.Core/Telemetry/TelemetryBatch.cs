namespace Gander.Telemetry;

/// <summary>
/// The records of one export, or the answer of one store query, in columns. Text lies in <see cref="Text"/>, attributes of
/// every owner in <see cref="Attributes"/>. A batch is made for reuse: <see cref="Clear"/> keeps its memory. Not thread-safe;
/// once filled it may be read from any thread until it is cleared or disposed.
/// </summary>
public abstract class TelemetryBatch : IDisposable
{
    /// <summary>Records held: spans, log records or data points.</summary>
    public int Count { get; protected set; }

    /// <summary>The bytes behind every <see cref="TextRef"/> of this batch.</summary>
    public TextBuffer Text { get; } = new();

    /// <summary>The attributes of all owners in this batch.</summary>
    public AttributeColumns Attributes { get; } = new();

    /// <summary>The resources that records point to by index.</summary>
    public IList<Resource> Resources { get; } = [];

    /// <summary>The scopes that records point to by index.</summary>
    public IList<InstrumentationScope> Scopes { get; } = [];

    /// <summary>Recognises the export when it is sent again; default for batches that were read or imported.</summary>
    public ExportFingerprint Fingerprint { get; set; }

    /// <summary>Records that a read found and left out of this answer, which holds only so many; 0 in exports and searches.</summary>
    public long LeftOut { get; set; }

    /// <summary>The signal of this batch.</summary>
    public abstract Signal Signal { get; }

    /// <summary>Forgets all content and keeps the memory.</summary>
    public virtual void Clear()
    {
        Count = 0;
        Text.Clear();
        Attributes.Clear();
        Resources.Clear();
        Scopes.Clear();
        Fingerprint = default;
        LeftOut = 0;
    }

    /// <summary>Gives the text memory back to the pool.</summary>
    public void Dispose()
    {
        Text.Dispose();
        GC.SuppressFinalize(this);
    }
}
