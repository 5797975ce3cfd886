using System.Threading.Channels;

namespace Gander.Storage.DuckDb.Native;

/// <summary>
/// Threads that each own a connection. Engine calls block, so they run here and not on the pool that serves requests; a
/// single worker is a writer, and its order of work is the order of calls. The queue is bounded: a full one refuses.
/// </summary>
internal sealed class DuckWorkers : IAsyncDisposable
{
    private readonly Channel<Work> _queue;
    private readonly List<Thread> _threads = [];
    private readonly List<DuckConnection> _connections = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private readonly Action? _atEnd;
    private int _running;

    public DuckWorkers(DuckDbRoot root, string name, int threads, int maxQueued, Action? atEnd = null)
    {
        _name = name;
        _atEnd = atEnd;
        _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(maxQueued) { SingleReader = threads == 1 });
        _running = threads;
        for (var index = 0; index < threads; index++)
        {
            var connection = root.Connect();
            var thread = new Thread(() => Loop(connection)) { IsBackground = true, Name = $"{name} {index}" };
            _connections.Add(connection);
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Runs <paramref name="work"/> on a worker when its turn comes.</summary>
    /// <exception cref="Gander.Stores.StoreUnavailableException">The queue is full, or the store is closing.</exception>
    public Task<T> RunAsync<T>(Func<DuckConnection, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queued = _queue.Writer.TryWrite(new Work(
            connection =>
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    done.TrySetCanceled(cancellationToken);
                    return;
                }

                try
                {
                    done.TrySetResult(work(connection));
                }
                catch (OperationCanceledException canceled)
                {
                    done.TrySetCanceled(canceled.CancellationToken);
                }
                catch (Exception error) when (error is not OutOfMemoryException)
                {
                    // Whoever asked for the work is told; the thread goes on with the next.
                    done.TrySetException(error);
                }
            }));
        return queued ? done.Task : throw new Gander.Stores.StoreUnavailableException($"The store's {_name} is busy or closing.");
    }

    /// <summary>Takes no more work, finishes what waits, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ended.Task;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    private void Loop(DuckConnection connection)
    {
        // A thread of its own: it may block while nothing waits.
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryRead(out var work))
            {
                work.Run(connection);
            }
        }

        if (Interlocked.Decrement(ref _running) == 0)
        {
            _atEnd?.Invoke();
            _ended.TrySetResult();
        }
    }

    private sealed record Work(Action<DuckConnection> Run);
}
