using System.Globalization;
using Gander.Api.Parameters;
using Gander.Hosting.Identities;
using Gander.Sessions.Usage;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Api.Usage;

/// <summary>What a request for usage asks.</summary>
/// <param name="Query">What the store is asked.</param>
/// <param name="By">What the rows are told apart by.</param>
/// <param name="Sort">What rows are sorted by.</param>
/// <param name="Limit">Rows that are shown.</param>
internal sealed record UsageRequest(UsageQuery Query, IReadOnlyList<UsageBy> By, string Sort, int Limit)
{
    private const int MaxBy = 4;
    private const int MaxLimit = 10_000;
    private const int DefaultLimit = 1_000;
    private const long DefaultNanos = 30 * 24 * UsageRow.HourNanos;

    private static readonly string[] Sorts = ["cost", "tokens", "sessions", "modelCalls", "toolCalls", "key"];
    private static readonly string[] Statuses = ["ok", "error", "interrupted", "running", "unknown"];

    /// <summary>Only this person, or null.</summary>
    public string? User { get; init; }

    /// <summary>Only this team, or null.</summary>
    public string? Team { get; init; }

    /// <summary>Whether persons and hosts go by other names.</summary>
    public bool Pseudonyms { get; init; }

    /// <summary>Whether CSV is asked for, rather than JSON.</summary>
    public bool Csv { get; init; }

    /// <summary>The parameters it is read from.</summary>
    public static IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        new("by", $"What rows are told apart by: {string.Join(", ", UsageBy.Names)}. May be repeated, or several separated by commas, at most {MaxBy}; without it there is only the total.", ApiParameterKind.Repeated, "user"),
        ApiParameter.Start with { Description = "The first instant of the range, written as elsewhere and taken back to the whole hour; without it 30 days before end." },
        ApiParameter.End with { Description = "The first instant after the range, taken on to the whole hour; without it now." },
        new("user", "Only what this person used, by the name that answers show.", ApiParameterKind.Text, "dev"),
        new("team", "Only what this team used.", ApiParameterKind.Text, "birds"),
        new("agent", "Only of this agent.", ApiParameterKind.Text, "goose"),
        new("status", "Only of sessions that stand so.", ApiParameterKind.Text, "error") { Words = Statuses },
        new("model", "Only what was used of this model, and calls of tools it asked for.", ApiParameterKind.Text, "gpt-5"),
        new("provider", "Only of this provider of models.", ApiParameterKind.Text, "anthropic"),
        new("tool", "Only calls of this tool.", ApiParameterKind.Text, "shell"),
        new("host", "Only on this host.", ApiParameterKind.Text, "demo-host"),
        new("repo", "Only in this repository.", ApiParameterKind.Text, "geese"),
        new("project", "Only in this project.", ApiParameterKind.Text, "migration"),
        new("session", "Only of the session with this key.", ApiParameterKind.Text, "20261122_9-g2t0ppce4wk1hpb11hdp"),
        new("pseudonyms", "Whether persons and hosts go by names that do not tell who they are, always the same ones on this server.", ApiParameterKind.Flag, "true"),
        new("sort", "What rows are sorted by, largest first; by key they ascend. Without it by cost.", ApiParameterKind.Text, "cost") { Words = Sorts },
        new("limit", "At most this many rows, 1 to 10000; without it 1000. What is left out stands under others.", ApiParameterKind.Number, "1000") { Bounds = (1, MaxLimit) },
        new("format", "json or csv; without it what Accept asks for.", ApiParameterKind.Text, "json") { Words = ["json", "csv"] },
    ];

    /// <summary>Reads it.</summary>
    /// <exception cref="ApiException">A parameter is wrong.</exception>
    public static UsageRequest Read(ApiRequest request, int maxGroups)
    {
        var parameters = request.Parameters;
        var by = ReadBy(parameters);
        var range = ReadRange(parameters, request.NowNanos);
        var read = new UsageRequest(
            new UsageQuery(range, [.. by.Select(one => one.Dimension)], maxGroups)
            {
                Agent = parameters.Text("agent"),
                Status = parameters.Word("status", Statuses),
                Model = parameters.Text("model"),
                Provider = parameters.Text("provider"),
                Tool = parameters.Text("tool"),
                Host = parameters.Text("host"),
                Repository = parameters.Text("repo"),
                Project = parameters.Text("project"),
                Session = parameters.Text("session"),
            },
            by,
            parameters.Word("sort", Sorts) ?? "cost",
            parameters.Number("limit", 1, MaxLimit, DefaultLimit))
        {
            User = parameters.Text("user"),
            Team = parameters.Text("team"),
            Pseudonyms = parameters.Flag("pseudonyms"),
            Csv = (parameters.Word("format", "json", "csv") ?? (PrefersCsv(request.Context.Request) ? "csv" : "json")) == "csv",
        };
        request.FinishParameters();
        return read;
    }

    /// <summary>What the store is asked, with who is who. Without <paramref name="pseudonyms"/> nobody is named where they are asked for.</summary>
    public UsageQuery QueryOf(People people, Pseudonyms? pseudonyms) => Query with
    {
        Persons = identity =>
        {
            var person = people.Find(identity);
            if (Pseudonyms)
            {
                person = person with { Name = pseudonyms?.Of("user", person.Name) };
            }

            return (User is null || User == person.Name) && (Team is null || Team == person.Team) ? person : null;
        },
    };

    private static List<UsageBy> ReadBy(ParameterReader parameters)
    {
        var chosen = new List<UsageBy>();
        foreach (var name in parameters.All("by").SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (UsageBy.All.FirstOrDefault(by => by.Name == name) is not { } by)
            {
                parameters.Report(ParameterProblem.Bad("by", $"'{(name.Length > 64 ? name[..64] : name)}' is none of {string.Join(", ", UsageBy.Names)}"));
            }
            else if (!chosen.Contains(by))
            {
                chosen.Add(by);
            }
        }

        if (chosen.Count > MaxBy)
        {
            parameters.Report(ParameterProblem.Bad("by", string.Create(CultureInfo.InvariantCulture, $"may name at most {MaxBy}")));
        }

        return chosen;
    }

    private static TimeRange ReadRange(ParameterReader parameters, long nowNanos)
    {
        var end = Math.Clamp(parameters.Time("end") ?? nowNanos, 0, long.MaxValue - UsageRow.HourNanos);
        var start = Math.Max(0, parameters.Time("start") ?? Math.Max(0, end - DefaultNanos));
        if (start > end)
        {
            parameters.Report(ParameterProblem.Bad("end", "is before start; swap them, or leave one out"));
            return new TimeRange(0, 0);
        }

        return new TimeRange(UsageRow.HourOf(start), UsageRow.HourOf(end + UsageRow.HourNanos - 1));
    }

    private static bool PrefersCsv(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).Select(type => type.MediaType.Value).FirstOrDefault(type => type is "text/csv" or "application/json" or "*/*");
        return accepted == "text/csv";
    }
}
