using Gander.Storage.DuckDb.Files;
using Gander.Storage.DuckDb.Native;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Storage.DuckDb.Queries;

/// <summary>
/// Keeps the indexes of traces of one signal's files, newest first and within their limit. Whoever asks for traces has them
/// brought up to date afterwards, in the background and in short steps between other queries. Thread-safe.
/// </summary>
internal sealed class TraceLookup<TBatch>(SignalFiles<TBatch> files, string table, DuckWorkers workers, DuckDbStoreOptions options)
    where TBatch : TelemetryBatch, new()
{
    private int _isExtending;

    /// <summary>Sees to it that the next look is for as little as possible.</summary>
    public void Extend()
    {
        if (options.MaxTraceIndexBytes > 0
            && files.All.Any(file => file.Stats.Records - file.Traces.Rows >= TraceIndex.BlockRows)
            && Interlocked.Exchange(ref _isExtending, 1) == 0)
        {
            _ = ExtendAsync();
        }
    }

    private async Task ExtendAsync()
    {
        try
        {
            while (await workers.RunAsync(ExtendOne, CancellationToken.None))
            {
            }
        }
        catch (StoreUnavailableException)
        {
            // Many queries wait, or the store closes: the next one tries again.
        }
        finally
        {
            Volatile.Write(ref _isExtending, 0);
        }
    }

    private bool ExtendOne(DuckConnection connection)
    {
        var left = options.MaxTraceIndexBytes;
        foreach (var file in files.All.Reverse())
        {
            if (left <= 0)
            {
                file.Traces.Clear();
                continue;
            }

            if (file.Traces.Bytes < left && file.Stats.Records - file.Traces.Rows >= TraceIndex.BlockRows && TryExtend(connection, file))
            {
                return true;
            }

            left -= file.Traces.Bytes;
        }

        return false;
    }

    private bool TryExtend(DuckConnection connection, SignalFile file)
    {
        if (!file.TryLease())
        {
            return false;
        }

        try
        {
            return file.Traces.Extend(connection, file.Name, table);
        }
        catch (DuckException)
        {
            // What is wrong with the file is found and told by a query that reads it.
            return false;
        }
        finally
        {
            file.Release();
        }
    }
}
