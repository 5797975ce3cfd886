using Gander.Ingest;
using Gander.Telemetry;
using Gander.Tests.Stores;
using Microsoft.Extensions.Options;

namespace Gander.Tests.Ingest;

public sealed class EmitterActivityTests
{
    private readonly ManualTime _time = new("2026-03-10T12:00Z");

    [Fact]
    public void Exports_are_counted_by_service_host_and_user()
    {
        var activity = Create();

        Record(activity, Some.Span(), Some.Span());
        _time.Advance(TimeSpan.FromSeconds(3));
        activity.Record(Some.LogBatch(Some.Log()), static (logs, row) => logs.ResourceIndexes[row], new ExportNotice(2, 1, "one was wrong"));

        var emitter = Assert.Single(activity.Emitters);
        Assert.Equal(("goose", "demo-host", 1L, 1L, 0L), (emitter.Service, emitter.Host, emitter.TraceExports, emitter.LogExports, emitter.MetricExports));
        Assert.Equal((2L, 3L, 1L, "one was wrong"), (emitter.Exports, emitter.Records, emitter.Rejected, emitter.LastRejection));
        Assert.Equal((Signal.Logs, _time.GetUtcNow()), (emitter.LastSignal, emitter.LastSeen));
    }

    [Fact]
    public void The_longest_silent_emitter_is_forgotten_first()
    {
        var activity = Create(new IngestOptions { MaxRememberedEmitters = 3 });
        foreach (var host in new[] { "a", "b", "c", "d" })
        {
            Record(activity, Some.Span(resource: Some.Resource("goose", ("host.name", host))));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["d", "c", "b"], activity.Emitters.Select(emitter => emitter.Host));
    }

    [Fact]
    public void Failures_are_kept_by_address_with_the_last_reason()
    {
        var activity = Create();

        activity.RecordFailure("10.0.0.7", "grpc", "first");
        activity.RecordFailure("10.0.0.7", "grpc", "second");

        Assert.Equal(new ReceiveFailure("10.0.0.7", "grpc", "second", 2, _time.GetUtcNow()), Assert.Single(activity.Failures));
    }

    private static void Record(EmitterActivity activity, params SpanRecord[] spans) =>
        activity.Record(Some.SpanBatch(spans), static (batch, row) => batch.ResourceIndexes[row], new ExportNotice(1, 0, null));

    private EmitterActivity Create(IngestOptions? options = null) => new(Options.Create(options ?? new IngestOptions()), _time);
}
