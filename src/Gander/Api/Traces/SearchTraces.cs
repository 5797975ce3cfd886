using Gander.Api.Search;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.Extensions.Options;

namespace Gander.Api.Traces;

/// <summary><c>GET /api/traces</c>: traces with a span that matches.</summary>
internal sealed class SearchTraces(ITelemetryStore store, IOptions<ApiOptions> options) : ApiEndpoint
{
    public override string Path => "/api/traces";

    public override string Summary => "Traces with a span that matches all filters, that with the newest matching span first.";

    public override string Description =>
        """
        Every trace comes once, however many of its spans match; only a span that arrives between two pages and starts before all that was known of its trace can bring the trace again. The figures of a trace are over all its spans that start within 24 hours of the page's spans. A page may be shorter than limit when much had to be searched: go on as long as nextCursor is not null. matched is the newest span that matched, with the attributes that Gander keeps in columns of their own; GET /api/traces/{traceId} has everything.
        """;

    public override IReadOnlyList<ApiParameter> Parameters { get; } = SearchParameters.For(Signal.Traces);

    public override string ResponseSchema => "TraceList";

    public override async Task AnswerAsync(ApiRequest request)
    {
        var (search, problems) = RecordSearch.Parse(Signal.Traces, request.Context.Request.Query, request.NowNanos);
        ApiRequest.Refuse(problems);
        using var page = await TracePage.FindAsync(store.Spans, search, options.Value.MaxScannedSpans, request.CancellationToken);

        await using var answer = request.BeginJson();
        var json = answer.Writer;
        json.WriteStartObject();
        json.WriteStartArray("traces");
        foreach (var hit in page.Hits)
        {
            TraceJson.Write(json, hit);
            await answer.SendGatheredAsync();
        }

        json.WriteEndArray();
        json.WriteText("nextCursor", page.Next?.Write(search.Hash));
        json.WriteEndObject();
    }
}
