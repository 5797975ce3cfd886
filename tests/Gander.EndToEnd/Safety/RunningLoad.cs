using Gander.EndToEnd.Harness;
using Gander.Load;

namespace Gander.EndToEnd.Safety;

/// <summary>Telemetry of one signal that is sent flat out until it is ended; what gets no answer is sent again.</summary>
internal sealed class RunningLoad : IProgress<LoadProgress>, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly CancellationTokenSource _end;
    private readonly Task<LoadReport> _run;
    private long _acknowledged;

    public RunningLoad(Uri endpoint, LoadSignal signal, CancellationToken cancellationToken)
    {
        Signal = signal;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var options = new LoadOptions
        {
            Endpoint = endpoint,
            Signal = signal,
            Duration = TimeSpan.FromHours(1),
            Connections = 4,
            BufferBytes = signal == LoadSignal.Metrics ? 1 << 20 : 32 << 20,
            Builders = 1,
            RetryFor = TimeSpan.FromMinutes(5),
            Timeout = TimeSpan.FromSeconds(30),
        };
        _run = new LoadRun(options, TimeProvider.System, this).RunAsync(_end.Token);
    }

    public LoadSignal Signal { get; }

    public void Report(LoadProgress value) => Interlocked.Exchange(ref _acknowledged, value.Records);

    /// <summary>Waits until more is acknowledged than was when it was called.</summary>
    public async Task WaitForMoreAsync(CancellationToken cancellationToken)
    {
        var before = Interlocked.Read(ref _acknowledged);
        await Eventually.GetAsync(
            () =>
            {
                Assert.False(_run.IsFaulted, _run.Exception?.ToString());
                return Task.FromResult(Interlocked.Read(ref _acknowledged));
            },
            now => now > before,
            Limit,
            $"An acknowledgement of {Signal}",
            cancellationToken);
    }

    /// <summary>Ends the sending and says what became of each body.</summary>
    public async Task<IReadOnlyList<BodyResult>> EndAsync()
    {
        await _end.CancelAsync();
        return (await _run).Bodies;
    }

    public void Dispose() => _end.Dispose();
}
