using Gander.Api.Parameters;
using Gander.Stores;
using Gander.Web;

namespace Gander.Api.Sessions;

/// <summary><c>GET /api/sessions</c>: sessions, newest first.</summary>
internal sealed class ListSessions(ISessionSource sessions) : ApiEndpoint
{
    // As many as a store gives; asking for one more, which tells whether there is a next page, stops here.
    private const int MaxLimit = 1_000;

    private static readonly string[] Statuses = ["ok", "error", "interrupted", "running", "unknown"];

    public override string Path => "/api/sessions";

    public override string Summary => "Sessions, the latest start first, without their turns.";

    public override string Description =>
        "A session is in the range when any part of it is. Late telemetry can move a session's start, so a session may come on two pages while it changes; none is left out. `current` is false while telemetry that was acknowledged is still being folded into sessions: after a restart, or for a moment under load.";

    public override IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        ApiParameter.Start,
        ApiParameter.End,
        new("agent", "Only sessions of this agent.", ApiParameterKind.Text, "goose"),
        new("user", "Only sessions of this user.", ApiParameterKind.Text, "dev"),
        new("status", "Only sessions that stand so.", ApiParameterKind.Text, "error") { Words = Statuses },
        ApiParameter.Limit,
        ApiParameter.Cursor,
    ];

    public override string ResponseSchema => "SessionList";

    public override async Task AnswerAsync(ApiRequest request)
    {
        var query = ReadQuery(request);
        var current = await sessions.FreshenAsync(request.CancellationToken);
        var found = await sessions.ListAsync(query with { Limit = Math.Min(query.Limit + 1, MaxLimit) }, request.CancellationToken);
        var more = found.Count > query.Limit || found.Count == MaxLimit;

        await using var answer = request.BeginJson();
        var json = answer.Writer;
        json.WriteStartObject();
        json.WriteStartArray("sessions");
        foreach (var session in found.Take(query.Limit))
        {
            SessionJson.Write(json, session);
            await answer.SendGatheredAsync();
        }

        json.WriteEndArray();
        json.WriteText("nextCursor", more ? SessionCursor.Write(query, found[query.Limit - 1].StartNanos, found[query.Limit - 1].Key) : null);
        json.WriteBoolean("current", current);
        json.WriteEndObject();
    }

    private static SessionQuery ReadQuery(ApiRequest request)
    {
        var parameters = request.Parameters;
        var query = new SessionQuery(
            parameters.Range(),
            parameters.Text("agent"),
            parameters.Text("user"),
            parameters.Word("status", Statuses),
            Limit: parameters.Number("limit", 1, MaxLimit, 100));
        var cursor = parameters.Text("cursor");
        request.FinishParameters();
        if (cursor is null)
        {
            return query;
        }

        return query with
        {
            After = SessionCursor.Read(cursor, query) ?? throw ApiException.Of(new ParameterProblem(
                "bad_cursor", "cursor", "cursor: does not belong to this list; take nextCursor of an answer unchanged and repeat agent, user and status, or leave it out to start again")),
        };
    }
}
