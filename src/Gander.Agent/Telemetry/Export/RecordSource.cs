using Gander.Agent.Telemetry.Wire;

namespace Gander.Agent.Telemetry.Export;

/// <summary>Spans or log records as requests of at most <see cref="MaxRecords"/> records and about <see cref="MaxBytes"/>: receivers take 4 MiB by default.</summary>
/// <param name="queue">What waits.</param>
/// <param name="write">Writes records until its third argument returns none or the message is long enough.</param>
/// <param name="resource">Who sends.</param>
internal sealed class RecordSource<T>(RecordQueue<T> queue, Func<OtlpWriter, TelemetryResource, Func<T?>, int, byte[]> write, TelemetryResource resource) : IExportSource
    where T : class
{
    public const int MaxRecords = 512;
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <inheritdoc/>
    public bool HasPending => queue.Count > 0;

    /// <inheritdoc/>
    public byte[]? TakeRequest(Func<OtlpWriter> writer)
    {
        if (!HasPending)
        {
            return null;
        }

        var left = MaxRecords;
        using var target = writer();
        return write(target, resource, () => left-- > 0 ? queue.Take() : null, MaxBytes);
    }
}
