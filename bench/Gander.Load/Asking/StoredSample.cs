using System.Globalization;

namespace Gander.Load.Asking;

/// <summary>What there is to ask about: traces, sessions and services taken at random times of all that is stored.</summary>
/// <param name="Traces">Trace ids.</param>
/// <param name="Sessions">Keys of sessions, escaped for a path.</param>
/// <param name="Services">Names of services, as frequent as among the traces, escaped for a query.</param>
/// <param name="SpansSince">An hour before the newest span, as a parameter.</param>
/// <param name="LogsSince">An hour before the newest log record, as a parameter.</param>
internal sealed record StoredSample(
    IReadOnlyList<string> Traces, IReadOnlyList<string> Sessions, IReadOnlyList<string> Services, string SpansSince, string LogsSince)
{
    /// <summary>The questions that people ask most, over a store of any size.</summary>
    public IReadOnlyList<Question> Questions =>
    [
        new("a trace by id, no time given", index => Pick(Traces, index) is { } trace ? $"api/traces/{trace}" : null),
        new("a session with all its steps", index => Pick(Sessions, index) is { } session ? $"api/sessions/{session}" : null),
        new("100 log records of the last hour", _ => $"api/logs?start={LogsSince}&limit=100"),
        new("100 log records of the last hour, two conditions", index => Pick(Services, index) is { } service ? $"api/logs?start={LogsSince}&limit=100&service={service}&field=severity%3E%3Dwarn" : null),
        new("10 traces of the last hour, three conditions", index => Traced(index, 10)),
        new("100 traces of the last hour, three conditions", index => Traced(index, 100)),
        new("100 traces of the last hour", _ => $"api/traces?start={SpansSince}&limit=100"),
        new("50 sessions", _ => "api/sessions?limit=50"),
    ];

    private string? Traced(int index, int limit) => Pick(Services, index) is { } service
        ? string.Create(CultureInfo.InvariantCulture, $"api/traces?start={SpansSince}&limit={limit}&service={service}&status=error&minDuration=100ms")
        : null;

    private static string? Pick(IReadOnlyList<string> of, int index) => of.Count == 0 ? null : of[index % of.Count];
}
