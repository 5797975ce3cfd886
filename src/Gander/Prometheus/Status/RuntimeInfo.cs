using Gander.Api.Parameters;

namespace Gander.Prometheus.Status;

/// <summary><c>/api/v1/status/runtimeinfo</c>: figures of the process. Paths and host names are not told here.</summary>
internal sealed class RuntimeInfo(TimeProvider time) : PrometheusEndpoint
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <inheritdoc/>
    public override string Path => "/api/v1/status/runtimeinfo";

    /// <inheritdoc/>
    public override bool IsQuery => false;

    /// <inheritdoc/>
    public override Task AnswerAsync(PrometheusRequest request) => request.AnswerAsync(json =>
    {
        json.Raw("{\"startTime\":"u8);
        json.Text(Written(_startedAt));
        json.Raw(",\"CWD\":\"\",\"hostname\":\"\",\"serverTime\":"u8);
        json.Text(Written(time.GetUtcNow()));
        json.Raw(",\"reloadConfigSuccess\":true,\"lastConfigTime\":"u8);
        json.Text(Written(_startedAt));
        json.Raw(",\"corruptionCount\":0,\"goroutineCount\":"u8);
        json.Whole(ThreadPool.ThreadCount);
        json.Raw(",\"GOMAXPROCS\":"u8);
        json.Whole(Environment.ProcessorCount);
        json.Raw(",\"GOMEMLIMIT\":"u8);
        json.Whole(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        json.Raw(",\"GOGC\":\"\",\"GODEBUG\":\"\",\"storageRetention\":\"\"}"u8);
    });

    private static string Written(DateTimeOffset instant) => TimeText.Format((instant - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
}
