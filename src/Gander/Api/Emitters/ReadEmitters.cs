using Gander.Api.Parameters;
using Gander.Hosting;
using Gander.Ingest;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Web;
using Microsoft.Extensions.Options;

namespace Gander.Api.Emitters;

/// <summary><c>GET /api/emitters</c>: what arrives of each person's agents, what does not, and the line that changes it.</summary>
internal sealed class ReadEmitters(ISessionSource sessions, EmitterActivity activity, RunningServer server, IOptions<ApiOptions> options) : ApiEndpoint
{
    private const long WeekNanos = 7 * 86_400_000_000_000;

    public override string Path => "/api/emitters";

    public override string Summary => "What arrives of each person's agents, what does not, since when, and the line to change.";

    public override string Description =>
        "Made of the sessions of a range, whose missing parts are gathered, and of the exports since the server started. Without start the range is the 7 days before end.";

    public override IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        ApiParameter.Start with { Description = "The first instant of the range, written as elsewhere; without it 7 days before end." },
        ApiParameter.End with { Description = "The first instant after the range; without it now." },
        new("agent", "Only this agent.", ApiParameterKind.Text, "goose"),
        new("user", "Only this user.", ApiParameterKind.Text, "dev"),
    ];

    public override string ResponseSchema => "Emitters";

    public override async Task AnswerAsync(ApiRequest request)
    {
        var query = ReadParameters(request);
        var arrivals = new Dictionary<(string, string?, string?), AgentArrivals>();
        var cut = await AddSessionsAsync(arrivals, query, request.CancellationToken);
        var sent = activity.Emitters;
        foreach (var agent in arrivals.Values)
        {
            agent.Find(sent);
        }

        await using var answer = request.BeginJson();
        EmittersJson.Write(answer.Writer, query.Range!.Value, arrivals.Values.OrderByDescending(agent => agent.LastNanos).ThenBy(agent => agent.Agent, StringComparer.Ordinal).ToList(), cut, server.StartedAt);
    }

    private static SessionQuery ReadParameters(ApiRequest request)
    {
        var parameters = request.Parameters;
        var end = parameters.Time("end") ?? request.NowNanos;
        var start = parameters.Time("start") ?? (end < long.MinValue + WeekNanos ? long.MinValue : end - WeekNanos);
        if (start >= end)
        {
            parameters.Report(ParameterProblem.Bad("end", "is not after start; swap them, or leave one out"));
        }

        var (agent, user) = (parameters.Text("agent"), parameters.Text("user"));
        request.FinishParameters();
        return new SessionQuery(new TimeRange(start, end), agent, user, Limit: 1_000);
    }

    // Whether there were more sessions than may be added up.
    private async Task<bool> AddSessionsAsync(Dictionary<(string, string?, string?), AgentArrivals> arrivals, SessionQuery query, CancellationToken cancellationToken)
    {
        for (var left = options.Value.MaxOverviewSessions; ;)
        {
            var page = await sessions.ListAsync(query, cancellationToken);
            foreach (var session in page.Take(left))
            {
                var key = (session.Agent, session.User, session.Host);
                if (!arrivals.TryGetValue(key, out var agent))
                {
                    arrivals.Add(key, agent = new AgentArrivals(session));
                }

                agent.Add(session);
            }

            left -= page.Count;
            if (left < 0 || page.Count < query.Limit)
            {
                return left < 0;
            }

            query = query with { After = (page[^1].StartNanos, page[^1].Key) };
        }
    }
}
