using BenchmarkDotNet.Attributes;
using Gander.Sessions;
using Gander.Sessions.Facts;
using Gander.Sessions.Indexing;
using Gander.Telemetry;

namespace Gander.Benchmarks.Sessions;

/// <summary>What the session index costs on the way in, and what a fold costs behind it.</summary>
[MemoryDiagnoser]
public class SessionBenchmarks
{
    private const int BatchSpans = 512;

    private readonly PendingFacts _pending = new(maxFacts: 1_000_000);
    private readonly SpanBatch _batch = GooseSpans.Session("20260310_1", 1, BatchSpans);
    private readonly EmitterFacts _long = Facts(GooseSpans.Session("20260310_2", 2, 10_000));
    private readonly EmitterFacts _short = Facts([.. Enumerable.Range(0, 100).Select(i => GooseSpans.Session($"20260310_{i}", (ulong)i + 10, 100))]);
    private long _sequence;

    /// <summary>Observing, per span, as ingest does it.</summary>
    [Benchmark(OperationsPerInvoke = BatchSpans)]
    public void ObserveSpan()
    {
        _pending.Add(_batch, ++_sequence);
        _pending.Recycle(_pending.Take());
    }

    /// <summary>Folding one session of 10,000 spans.</summary>
    [Benchmark]
    public int FoldLongSession() => new SessionFold(_long, new FoldContext(long.MaxValue / 2)).FoldAll().Count;

    /// <summary>Folding 100 sessions of 100 spans.</summary>
    [Benchmark]
    public int FoldShortSessions() => new SessionFold(_short, new FoldContext(long.MaxValue / 2)).FoldAll().Count;

    private static EmitterFacts Facts(params SpanBatch[] batches)
    {
        var facts = new EmitterFacts();
        foreach (var batch in batches)
        {
            FactLoader.Load(new FactReader(), batch, _ => facts);
        }

        return facts;
    }
}
