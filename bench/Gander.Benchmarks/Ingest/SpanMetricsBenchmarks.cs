using BenchmarkDotNet.Attributes;
using Gander.Benchmarks.Otlp;
using Gander.Benchmarks.Sessions;
using Gander.Ingest.Derived;
using Gander.Ingest.Derived.Spans;
using Gander.Load.Wire;
using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Benchmarks.Ingest;

/// <summary>What counting a span costs on the way in, and what a round of points costs behind it.</summary>
[InProcess]
[MemoryDiagnoser]
public class SpanMetricsBenchmarks : IDisposable
{
    private const int GooseCount = 512;
    private const long Now = 1_795_000_000_000_000_000;

    private readonly SpanMetrics _metrics = new(new SpanMetricsOptions());
    private readonly SpanBatch _goose = GooseSpans.Session("20260310_1", 1, GooseCount);
    private readonly List<SpanBatch> _mixed = [];
    private readonly MetricBatch _points = new();
    private long _now = Now;

    [GlobalSetup]
    public void Setup()
    {
        foreach (var body in Bodies.Spans(new ProtobufEncoder()))
        {
            var batch = new SpanBatch();
            batch.Text.Add(body);
            OtlpProtobufDecoder.Decode(batch, new DecodeContext(new DecodeLimits(), new ResourceCache(), default, Now));
            _mixed.Add(batch);
        }
    }

    public void Dispose()
    {
        _goose.Dispose();
        _points.Dispose();
        _mixed.ForEach(batch => batch.Dispose());
        GC.SuppressFinalize(this);
    }

    /// <summary>A span of one goose session.</summary>
    [Benchmark(OperationsPerInvoke = GooseCount, Baseline = true)]
    public void CountGooseSpan() => _metrics.Add(_goose);

    /// <summary>A span of exports with forty emitters each.</summary>
    [Benchmark(OperationsPerInvoke = Bodies.Count * Bodies.Records)]
    public void CountMixedSpan()
    {
        foreach (var batch in _mixed)
        {
            _metrics.Add(batch);
        }
    }

    /// <summary>A round in which everything has changed.</summary>
    [Benchmark]
    public int WriteRound()
    {
        CountMixedSpan();
        _points.Clear();
        var previous = _now;
        _now += 15_000_000_000;
        _metrics.Close(_points, new DerivedMoment(1, previous, _now));
        return _points.Count;
    }
}
