using System.Globalization;
using Gander.Otlp;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Traces;

/// <summary><c>GET /api/traces/{traceId}</c>: a whole trace as it was sent.</summary>
internal sealed class ReadTrace(ITelemetryStore store) : ApiEndpoint
{
    public override string Path => "/api/traces/{traceId}";

    public override string Summary => "A whole trace in OTLP/JSON, with everything that was sent.";

    public override string Description => "Earliest span first within each resource and scope; members that have their default are left out. A trace of more spans than one read may show (storage.maxRecordsPerRead) ends with missingSpans, and the header Gander-Missing-Spans says so before.";

    public override IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        new("traceId", "The trace id, 32 hexadecimal digits.", ApiParameterKind.Path, "5b8aa5a2d2c872e8321cf37308d69df2"),
        ApiParameter.Start with { Description = "Makes the search faster where it is known that no span of the trace starts before; without it everything is searched." },
        ApiParameter.End with { Description = "Makes the search faster where it is known that every span of the trace starts before." },
    ];

    /// <summary>Says in a header how many spans an answer leaves out; absent when none.</summary>
    public const string MissingHeader = "Gander-Missing-Spans";

    public override string ResponseSchema => "Trace";

    public override bool MayBeAbsent => true;

    public override async Task AnswerAsync(ApiRequest request)
    {
        var range = request.Parameters.Range();
        if (!TraceId.TryParse(request.PathValue("traceId"), out var id) || id.IsEmpty)
        {
            request.Parameters.Report(Gander.Api.Parameters.ParameterProblem.Bad("traceId", "is not a trace id; write 32 hexadecimal digits, for example 5b8aa5a2d2c872e8321cf37308d69df2"));
        }

        request.FinishParameters();
        using var spans = await store.Spans.ReadTraceAsync(id, range == TimeRange.All ? null : range, request.CancellationToken);
        if (spans.Count == 0)
        {
            throw ApiException.NotFound($"There is no span of the trace {id}; it may not have arrived yet, or it was older than the store keeps");
        }

        if (spans.LeftOut > 0)
        {
            request.Context.Response.Headers[MissingHeader] = spans.LeftOut.ToString(CultureInfo.InvariantCulture);
        }

        await using var answer = request.BeginJson();
        OtlpJsonWriter.Write(answer.Writer, spans, spans.LeftOut);
    }
}
