using System.IO.Compression;
using Gander.Agent.Telemetry.Settings;
using Gander.Agent.Telemetry.Wire;

namespace Gander.Agent.Telemetry.Export;

/// <summary>
/// Sends one signal to its endpoint, in the background and one request at a time. What the endpoint does not take now goes to the outbox at once, so that an
/// end of the process cannot lose it, and is sent from there when the endpoint is well again, in this process or a later one.
/// </summary>
internal sealed class SignalPipeline : IDisposable
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);

    private readonly SignalSettings _settings;
    private readonly IExportSource _source;
    private readonly IOtlpTransport _transport;
    private readonly Outbox? _outbox;
    private readonly DeliveryReport _report;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly CancellationTokenSource _finishing = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly SemaphoreSlim _full = new(0, 1);
    private readonly Lock _startLock = new();
    private ITimer? _first;
    private Task? _loop;
    private int _failures;
    private DateTimeOffset _retryAt;
    private bool _mayHaveKept = true;

    public SignalPipeline(SignalSettings settings, IExportSource source, IOtlpTransport transport, Outbox? outbox, DeliveryReport report, TimeSpan interval, TimeProvider time)
    {
        (_settings, _source, _transport, _outbox, _report, _interval, _time) = (settings, source, transport, outbox, report, interval, time);
    }

    /// <summary>Something waits: the next export happens an interval after this at the latest.</summary>
    public void Pending()
    {
        if (Volatile.Read(ref _first) is not null)
        {
            return;
        }

        lock (_startLock)
        {
            if (_first is null && !_finishing.IsCancellationRequested)
            {
                // A run that is over before needs no loop, which costs more to begin than to run.
                using (ExecutionContext.SuppressFlow())
                {
                    Volatile.Write(ref _first, _time.CreateTimer(_ => Begin(), null, _interval, Timeout.InfiniteTimeSpan));
                }
            }
        }
    }

    /// <summary>A whole request waits: it is sent without waiting for the interval.</summary>
    public void Full()
    {
        Begin();
        if (_full.CurrentCount == 0)
        {
            try
            {
                _full.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another thread said so at the same moment.
            }
        }
    }

    /// <summary>Sends what is left. Returns when all is sent or kept; after <paramref name="deadline"/> the rest is kept without trying.</summary>
    public async Task FinishAsync(CancellationToken deadline)
    {
        Task? loop;
        lock (_startLock)
        {
            _finishing.Cancel();
            loop = _loop;
        }

        using var registration = deadline.Register(_giveUp.Cancel);
        await (loop ?? FinishAsync()).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _first?.Dispose();
        _finishing.Dispose();
        _giveUp.Dispose();
        _full.Dispose();
    }

    private void Begin()
    {
        lock (_startLock)
        {
            if (_loop is null && !_finishing.IsCancellationRequested)
            {
                // The loop outlives the turn that began it and must not be seen as part of its trace.
                using (ExecutionContext.SuppressFlow())
                {
                    _loop = Task.Run(RunAsync);
                }
            }
        }
    }

    private async Task RunAsync()
    {
        while (!_finishing.IsCancellationRequested)
        {
            await ExportAsync().ConfigureAwait(false);
            await WaitAsync().ConfigureAwait(false);
        }

        await FinishAsync().ConfigureAwait(false);
    }

    private async Task WaitAsync()
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_finishing.Token);
        var rest = _retryAt - _time.GetUtcNow();
        var delay = Task.Delay(rest > _interval ? rest : _interval, _time, waiting.Token);
        var full = _full.WaitAsync(waiting.Token);
        await Task.WhenAny(delay, full).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(delay, full).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ExportAsync()
    {
        var isProbe = _failures > 0 && !IsBackingOff;
        await DrainAsync().ConfigureAwait(false);
        if (isProbe || _failures == 0)
        {
            await ResendAsync().ConfigureAwait(false);
        }
    }

    private async Task FinishAsync()
    {
        // An endpoint that was not well a moment ago is not waited for at the end.
        var isWell = _failures == 0;
        await DrainAsync().ConfigureAwait(false);
        if (isWell && _failures == 0)
        {
            await ResendAsync().ConfigureAwait(false);
        }
    }

    private bool IsBackingOff => _failures > 0 && _retryAt > _time.GetUtcNow();

    private async Task DrainAsync()
    {
        while (_source.TakeRequest(NewWriter) is { } body)
        {
            var request = Pack(body);
            if (IsBackingOff || _giveUp.IsCancellationRequested || (_failures > 0 && _finishing.IsCancellationRequested))
            {
                Keep(request, "no answer in time");
                continue;
            }

            switch (await SendAsync(request).ConfigureAwait(false))
            {
                case SendResult.Unsent unsent:
                    Keep(request, unsent.Reason);
                    break;
                case SendResult.Refused refused:
                    _report.Refused(_settings.Endpoint!, refused);
                    break;
            }
        }
    }

    private async Task ResendAsync()
    {
        while (_mayHaveKept && !_giveUp.IsCancellationRequested && !IsBackingOff && _outbox is not null)
        {
            using var kept = _outbox.Take();
            if (kept is null)
            {
                _mayHaveKept = false;
                _report.CaughtUp(_settings.Endpoint!);
                return;
            }

            switch (await SendAsync(kept.Request).ConfigureAwait(false))
            {
                case SendResult.Unsent:
                    return;
                case SendResult.Refused refused:
                    _report.Refused(_settings.Endpoint!, refused);
                    break;
            }

            kept.Delete();
        }
    }

    private async Task<SendResult> SendAsync(ExportRequest request)
    {
        SendResult result;
        try
        {
            result = await _transport.SendAsync(request, _giveUp.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
            result = new SendResult.Unsent("no answer in time");
        }

        if (result is SendResult.Unsent unsent)
        {
            _failures++;
            _retryAt = _time.GetUtcNow() + (unsent.After ?? Backoff());
        }
        else
        {
            _failures = 0;
        }

        if (result is SendResult.Delivered { Rejection: { } rejection })
        {
            _report.Rejected(_settings.Endpoint!, rejection);
        }

        return result;
    }

    private void Keep(ExportRequest request, string reason)
    {
        var isKept = _outbox?.Keep(request) ?? false;
        _mayHaveKept |= isKept;
        _report.Unsent(_settings.Endpoint!, reason, isKept);
    }

    // 1, 2, 4 … seconds, each up to a quarter longer, so that agents do not return to a collector all at once.
    private TimeSpan Backoff()
    {
        var seconds = Math.Min(Math.Pow(2, _failures - 1), LongestBackoff.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + (Random.Shared.NextDouble() / 4)));
    }

    private ExportRequest Pack(byte[] body)
    {
        if (!_settings.IsGzipped)
        {
            return new ExportRequest(_settings.Signal, body, false);
        }

        using var packed = new MemoryStream(body.Length / 4);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return new ExportRequest(_settings.Signal, packed.ToArray(), true);
    }

    private OtlpWriter NewWriter() => _settings.Protocol == OtlpProtocol.HttpJson ? new JsonOtlpWriter() : new ProtobufWriter();
}
