using System.Diagnostics;
using Gander.Agent.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Gander.Tests.Agent.Telemetry;

/// <summary>A program that has the agent as a library and an OpenTelemetry SDK of its own. An SDK listens by name to the whole process, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(EmbeddingTests), DisableParallelization = true)]
[Collection(nameof(EmbeddingTests))]
public sealed class EmbeddingTests
{
    [Fact]
    public async Task An_sdk_of_the_embedding_program_hears_the_same_spans_and_counters()
    {
        using var spans = new SpanList();
        var metrics = new MetricNames();
        using var tracing = Sdk.CreateTracerProviderBuilder().AddSource("goose").AddProcessor(spans).Build();
        using var metering = Sdk.CreateMeterProviderBuilder().AddMeter("goose").AddReader(new BaseExportingMetricReader(metrics)).Build();
        var session = "embedded-" + Guid.NewGuid();

        await using (var telemetry = AgentTelemetry.Create(new TelemetrySettings { Environment = new Dictionary<string, string>(), Version = "1" }))
        {
            using var scope = telemetry.StartSession(new SessionStart(session, "run", false, "run"));
            TelemetryStage.Turn(scope);
            metering.ForceFlush();
        }

        var own = spans.Where(span => Equals(span.GetTagItem("session.id"), session)).ToList();
        Assert.Equal(5, own.Count);
        Assert.Single(own.Select(span => span.TraceId).Distinct());
        Assert.Contains("goose.tool_calls", metrics.Names);
        Assert.Contains("gen_ai.client.operation.duration", metrics.Names);
    }

    private sealed class SpanList : BaseProcessor<Activity>, IEnumerable<Activity>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<Activity> _ended = new();

        public override void OnEnd(Activity data) => _ended.Enqueue(data);

        public IEnumerator<Activity> GetEnumerator() => _ended.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class MetricNames : BaseExporter<Metric>
    {
        public System.Collections.Concurrent.ConcurrentBag<string> Names { get; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                Names.Add(metric.Name);
            }

            return ExportResult.Success;
        }
    }
}
