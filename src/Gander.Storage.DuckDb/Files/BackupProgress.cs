namespace Gander.Storage.DuckDb.Files;

/// <summary>Adds up the bytes copied by the parts of a backup. Used by one part at a time.</summary>
internal sealed class BackupProgress(IProgress<double>? progress, long totalBytes)
{
    private long _copied;

    public void Add(long bytes)
    {
        _copied += bytes;
        progress?.Report(totalBytes == 0 ? 0 : Math.Min(1, (double)_copied / totalBytes));
    }

    public void Complete() => progress?.Report(1);
}
