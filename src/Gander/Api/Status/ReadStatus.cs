using Gander.Hosting;
using Gander.Ingest;
using Gander.Stores;

namespace Gander.Api.Status;

/// <summary><c>GET /api/status</c>: what is stored and how the server is.</summary>
internal sealed class ReadStatus(ITelemetryStore store, RunningServer server, TelemetryIngest ingest, HeldBytes held, EmitterActivity activity) : ApiEndpoint
{
    public override string Path => "/api/status";

    public override string Summary => "What is stored, how large it is, and how the store and the server are.";

    public override string Description => "Answered from memory, so it can be asked often.";

    public override IReadOnlyList<ApiParameter> Parameters => [];

    public override string ResponseSchema => "Status";

    public override async Task AnswerAsync(ApiRequest request)
    {
        request.FinishParameters();
        var stored = store.Status();

        await using var answer = request.BeginJson();
        var json = answer.Writer;
        json.WriteStartObject();
        json.WriteString("health", HealthOf(stored));
        StatusJson.WriteServer(json, server, request.NowNanos);
        StatusJson.WriteStore(json, stored);
        StatusJson.WriteIngest(json, ingest, held);
        StatusJson.WriteEmitters(json, activity.Emitters);
        StatusJson.WriteFailures(json, activity.Failures);
        json.WriteEndObject();
    }

    private static string HealthOf(StoreStatus stored) =>
        stored.Signals.Any(signal => !signal.AcceptsWrites) ? "refusing"
        : stored.Problems.Count > 0 ? "degraded"
        : "ok";
}
