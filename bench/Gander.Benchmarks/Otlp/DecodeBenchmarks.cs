using BenchmarkDotNet.Attributes;
using Gander.Load.Wire;
using Gander.Otlp;
using Gander.Telemetry;

namespace Gander.Benchmarks.Otlp;

/// <summary>From the bytes of an export to columns; the figures are those of one record.</summary>
[InProcess]
[MemoryDiagnoser]
public class DecodeBenchmarks : IDisposable
{
    private const long Now = 1_795_000_000_000_000_000;
    private readonly DecodeLimits _limits = new();
    private readonly ResourceCache _resources = new();
    private readonly SpanBatch _spans = new();
    private readonly LogBatch _logs = new();
    private byte[][] _protobufSpans = [];
    private byte[][] _jsonSpans = [];
    private byte[][] _protobufLogs = [];

    [GlobalSetup]
    public void Setup()
    {
        _protobufSpans = Bodies.Spans(new ProtobufEncoder());
        _jsonSpans = Bodies.Spans(new JsonEncoder());
        _protobufLogs = Bodies.Logs(new ProtobufEncoder());
        Console.WriteLine($"// bytes a record: spans {Average(_protobufSpans)}, as JSON {Average(_jsonSpans)}, logs {Average(_protobufLogs)}");
    }

    public void Dispose()
    {
        _spans.Dispose();
        _logs.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Bodies.Count * Bodies.Records, Baseline = true)]
    public void SpansFromProtobuf() => Each(_spans, _protobufSpans, OtlpProtobufDecoder.Decode);

    [Benchmark(OperationsPerInvoke = Bodies.Count * Bodies.Records)]
    public void SpansFromJson() => Each(_spans, _jsonSpans, OtlpJsonDecoder.Decode);

    [Benchmark(OperationsPerInvoke = Bodies.Count * Bodies.Records)]
    public void LogsFromProtobuf() => Each(_logs, _protobufLogs, OtlpProtobufDecoder.Decode);

    private static int Average(byte[][] bodies) => bodies.Sum(body => body.Length) / (Bodies.Count * Bodies.Records);

    private void Each<TBatch>(TBatch batch, byte[][] bodies, Action<TBatch, DecodeContext> decode)
        where TBatch : TelemetryBatch
    {
        foreach (var body in bodies)
        {
            batch.Clear();
            batch.Text.Add(body);
            decode(batch, new DecodeContext(_limits, _resources, default, Now));
            if (batch.Count != Bodies.Records)
            {
                throw new InvalidOperationException($"{batch.Count} records");
            }
        }
    }
}
