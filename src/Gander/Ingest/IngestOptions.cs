using System.ComponentModel.DataAnnotations;

namespace Gander.Ingest;

/// <summary>How exports wait for the store. An export is refused at once when it would not fit.</summary>
public sealed class IngestOptions
{
    /// <summary>Exports of one signal waiting to be written before new ones are refused.</summary>
    [Range(1, 65_536)]
    public int MaxQueuedExports { get; set; } = 1_024;

    /// <summary>Bytes of all bodies, as received and unpacked, that are being read, waiting, or not yet seen by the session fold, before new ones are refused.</summary>
    [Range(1_048_576, 17_179_869_184)]
    public long MaxHeldBytes { get; set; } = 268_435_456;

    /// <summary>Records after which a commit takes no further export.</summary>
    [Range(1, 1_000_000)]
    public int MaxCommitRecords { get; set; } = 5_000;

    /// <summary>Unpacked bytes after which a commit takes no further export.</summary>
    [Range(1, 1_073_741_824)]
    public int MaxCommitBytes { get; set; } = 8_388_608;

    /// <summary>How long, in milliseconds, a commit waits for exports that are just arriving; without any it starts at once.</summary>
    [Range(0, 1_000)]
    public int CommitWaitMilliseconds { get; set; } = 20;

    /// <summary>Emitters remembered for the connect page and the status; the longest silent is forgotten.</summary>
    [Range(1, 100_000)]
    public int MaxRememberedEmitters { get; set; } = 1_000;
}
