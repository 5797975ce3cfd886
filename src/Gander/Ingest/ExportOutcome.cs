namespace Gander.Ingest;

/// <summary>What became of one export: a closed set of cases.</summary>
public abstract record ExportOutcome
{
    private ExportOutcome()
    {
    }

    /// <summary>What was not refused is stored: it survives a power cut and can be read.</summary>
    /// <param name="Rejected">Records refused for good.</param>
    /// <param name="Message">Why, as a sentence for the sender; null when all were stored.</param>
    public sealed record Accepted(int Rejected, string? Message) : ExportOutcome;

    /// <summary>Too much is waiting already. Nothing is stored; the sender may retry.</summary>
    public sealed record Overloaded : ExportOutcome;

    /// <summary>The store takes no writes for now, or the server is stopping. Nothing is stored; the sender may retry.</summary>
    /// <param name="Reason">Why, as a sentence for the sender.</param>
    public sealed record Unavailable(string Reason) : ExportOutcome;

    /// <summary>Storing failed for a reason that a retry will not mend; the log says more. Nothing is stored.</summary>
    public sealed record Failed : ExportOutcome;
}
