using System.Collections.Concurrent;
using Gander.Load.Generation;

namespace Gander.Load.Sending;

/// <summary>
/// Bodies waiting to be sent, in order. They are built before the run as far as the buffer holds them, because building them
/// costs more CPU than the server spends on taking them; during the run more are built only when the buffer is nearly empty.
/// Thread-safe.
/// </summary>
internal sealed class BodyQueue : IAsyncDisposable
{
    private readonly LoadOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<ExportBody> _ready = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly SemaphoreSlim _room = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Thread> _threads = [];
    private readonly long _startNanos;
    private long _bytes;
    private long _next;
    private int _building;
    private int _paused;
    private long _builtBefore;

    public BodyQueue(LoadOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _startNanos = NowNanos();
        Total = options.Count is { } count ? (count + options.BatchSize - 1) / options.BatchSize
            : options.Rate is { } rate && options.Duration is { } duration ? (long)Math.Ceiling(rate * duration.TotalSeconds / options.BatchSize) + options.Connections
            : long.MaxValue;
    }

    /// <summary>Bodies of the whole run; <see cref="long.MaxValue"/> when the clock ends it.</summary>
    public long Total { get; }

    /// <summary>Bodies built so far.</summary>
    public long Built => Math.Min(Interlocked.Read(ref _next), Total);

    /// <summary>Bytes waiting.</summary>
    public long WaitingBytes => Interlocked.Read(ref _bytes);

    /// <summary>Bodies that had to be built while the run was going on, at the expense of the server's CPU.</summary>
    public long BuiltLate => Built - _builtBefore;

    /// <summary>Starts building and returns when the buffer is full or the last body is built.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var corpus = Corpus.Load(_options.CorpusFile);
        var builders = Math.Max(1, _options.Builders);
        _building = builders;
        for (var i = 0; i < builders; i++)
        {
            var index = i;
            var thread = new Thread(() => Build(corpus, index)) { IsBackground = true, Name = $"builder {i}" };
            _threads.Add(thread);
            thread.Start();
        }

        await _full.Task.WaitAsync(cancellationToken);
        _builtBefore = Built;
    }

    /// <summary>The next body, or null after the last one.</summary>
    public async ValueTask<ExportBody?> TakeAsync(CancellationToken cancellationToken)
    {
        await _available.WaitAsync(cancellationToken);
        if (!_ready.TryDequeue(out var body))
        {
            // The last body was taken: let the next waiter see it too.
            _available.Release();
            return null;
        }

        if (Interlocked.Add(ref _bytes, -body.Bytes.Length) < _options.BufferBytes / 10)
        {
            ReleaseBuilders();
        }

        return body;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        ReleaseBuilders();
        _threads.ForEach(thread => thread.Join());
        _stop.Dispose();
        _available.Dispose();
        _room.Dispose();
    }

    private void Build(Corpus corpus, int thread)
    {
        using var builder = new BodyBuilder(_options, corpus, thread, _startNanos - (long)(_options.Spread.TotalSeconds * 1e9));
        while (!_stop.IsCancellationRequested)
        {
            var index = Interlocked.Increment(ref _next) - 1;
            if (index >= Total)
            {
                break;
            }

            var body = builder.Build(index, TimeOf(index));
            _ready.Enqueue(body);
            var waiting = Interlocked.Add(ref _bytes, body.Bytes.Length);
            _available.Release();
            if (waiting >= _options.BufferBytes)
            {
                Pause();
            }
        }

        if (Interlocked.Decrement(ref _building) == 0)
        {
            _full.TrySetResult();
            _available.Release();
        }
    }

    private void Pause()
    {
        Interlocked.Increment(ref _paused);
        _full.TrySetResult();
        try
        {
            _room.Wait(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The run is over; the loop ends by itself.
        }
    }

    private void ReleaseBuilders()
    {
        var paused = Interlocked.Exchange(ref _paused, 0);
        if (paused > 0)
        {
            _room.Release(paused);
        }
    }

    // With a spread the first body lies furthest back and the last one at the present.
    private long TimeOf(long index)
    {
        if (_options.Spread == TimeSpan.Zero)
        {
            return NowNanos();
        }

        var share = Total == long.MaxValue ? 0 : 1 - ((double)index / Total);
        return _startNanos - (long)(_options.Spread.TotalSeconds * share * 1e9);
    }

    private long NowNanos() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
