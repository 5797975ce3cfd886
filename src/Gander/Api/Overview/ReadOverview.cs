using Gander.Api.Parameters;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Web;
using Microsoft.Extensions.Options;

namespace Gander.Api.Overview;

/// <summary><c>GET /api/overview</c>: figures over the sessions and model calls of a range.</summary>
internal sealed class ReadOverview(ISessionSource sessions, ITelemetryStore store, IOptions<ApiOptions> options) : ApiEndpoint
{
    private const long DayNanos = 86_400_000_000_000;
    private const int MinBuckets = 10;
    private const int DefaultBuckets = 60;
    private const int MaxBuckets = 500;

    public override string Path => "/api/overview";

    public override string Summary => "Figures over the sessions that started in a range and the model calls of the range, with series for charts.";

    public override string Description =>
        "Sessions, tokens, calls, tools and cost are sums of whole sessions that started in the range, so they are exact as far as each session's own figures are; a session counts in the bucket of its start. Models are measured on spans: see the schema. Without start the range is the 24 hours before end.";

    public override IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        ApiParameter.Start with { Description = "The first instant of the range, written as elsewhere; without it 24 hours before end." },
        ApiParameter.End with { Description = "The first instant after the range; without it now." },
        new("buckets", "The most points of each series, 10 to 500; without it 60. Steps are round lengths of time.", ApiParameterKind.Number, "60") { Bounds = (MinBuckets, MaxBuckets) },
    ];

    public override string ResponseSchema => "Overview";

    public override async Task AnswerAsync(ApiRequest request)
    {
        var (range, buckets) = ReadParameters(request);
        var figures = new OverviewFigures(range, buckets);
        var sessionsCut = await AddSessionsAsync(figures, range, request.CancellationToken);
        var spansCut = await AddModelSpansAsync(figures, range, request.CancellationToken);

        await using var answer = request.BeginJson();
        OverviewJson.Write(answer.Writer, figures, sessionsCut, spansCut);
    }

    private static (TimeRange Range, int Buckets) ReadParameters(ApiRequest request)
    {
        var end = request.Parameters.Time("end") ?? request.NowNanos;
        var start = request.Parameters.Time("start") ?? (end < long.MinValue + DayNanos ? long.MinValue : end - DayNanos);
        var buckets = request.Parameters.Number("buckets", MinBuckets, MaxBuckets, DefaultBuckets);
        if (start >= end)
        {
            request.Parameters.Report(ParameterProblem.Bad("end", "is not after start; swap them, or leave one out"));
        }

        request.FinishParameters();
        return (new TimeRange(start, end), buckets);
    }

    // Whether there were more sessions than may be added up.
    private async Task<bool> AddSessionsAsync(OverviewFigures figures, TimeRange range, CancellationToken cancellationToken)
    {
        var query = new SessionQuery(range, Limit: 1_000);
        for (var left = options.Value.MaxOverviewSessions; ;)
        {
            var page = await sessions.ListAsync(query, cancellationToken);
            foreach (var session in page.Take(left))
            {
                figures.Add(session);
            }

            if (page.Count > left)
            {
                return true;
            }

            left -= page.Count;
            if (page.Count < query.Limit)
            {
                return false;
            }

            query = query with { After = (page[^1].StartNanos, page[^1].Key) };
        }
    }

    // Whether there were more spans than may be looked at.
    private async Task<bool> AddModelSpansAsync(OverviewFigures figures, TimeRange range, CancellationToken cancellationToken)
    {
        // Spans of calls that were answered: the length of a call that failed is not the time a model took.
        var query = new RecordQuery(
            range,
            [
                new RecordCondition(new RecordField.OfRecord(AttributeKeys.OperationName, OrResource: false), RecordOperator.Equal, AttributeValue.Of("chat")),
                new RecordCondition(new RecordField.OfRecord(AttributeKeys.ResponseModel, OrResource: false), RecordOperator.Present, default),
            ],
            Limit: Math.Min(options.Value.MaxScannedSpans, 10_000));
        using var walk = new Search.RecordWalk<SpanBatch>(query, null, store.Spans.FindAsync, (batch, row) => batch.StartNanos[row], (_, _) => 0, keepBatches: false);
        while (await walk.HasNextAsync(cancellationToken))
        {
            figures.Add(walk.Batch, walk.Row);
            walk.Take();
            if (walk.Scanned >= options.Value.MaxScannedSpans && walk.Row == walk.Batch.Count)
            {
                return await walk.HasNextAsync(cancellationToken);
            }
        }

        return false;
    }
}
