using System.Globalization;
using System.Text.Json;
using Gander.Commands.Agents;

namespace Gander.Commands.Exec;

/// <summary>
/// Finds the sessions that a run left behind: those whose id stands in telemetry with the run's mark. An agent that leaves the mark
/// out (Qwen Code 0.15 does) is told by its name and the time, if there is but one such session.
/// </summary>
internal sealed class RunSessions(GanderClient client, AgentSettings agent, string runId, DateTimeOffset begin, TimeProvider time)
{
    // What was acknowledged is folded within moments; an agent that sends nothing should not hold a person up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Clocks of other machines differ from this one.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);

    private static readonly string[] IdAttributes = ["session.id", "gen_ai.conversation.id", "conversation.id"];

    /// <summary>The keys of the sessions, first started first; empty when none came in time. Sessions of subagents are in those of their parents.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var ids = await IdsAsync(cancellationToken);
            var (sessions, isCurrent) = await SessionsAsync(cancellationToken);
            var keys = sessions.Where(session => ids.Contains(session.Id)).GroupBy(session => session.Id).SelectMany(OfThisRun).Select(session => session.Key).ToList();
            if (isCurrent && keys.Count > 0)
            {
                return keys;
            }

            if (time.GetElapsedTime(started) > Patience)
            {
                var probable = sessions.Where(session => session.Start >= begin && IsOfAgent(session.Agent)).ToList();
                return keys.Count == 0 && probable.Count == 1 ? [probable[0].Key] : keys;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    // Agents number their sessions each by itself: of those with one id, what had ended before the program began is another's.
    private IEnumerable<FoundSession> OfThisRun(IEnumerable<FoundSession> alike)
    {
        var all = alike.ToList();
        var late = all.Where(session => session.End >= begin).ToList();
        return late.Count > 0 ? late : all;
    }

    private async Task<HashSet<string>> IdsAsync(CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var mark = $"start={Start()}&resource={Uri.EscapeDataString($"{LaunchTarget.RunAttribute}=\"{runId}\"")}";
        // A trace shows one of its spans: that with the id is asked for.
        await AddAsync($"/api/traces?limit=200&field=session&{mark}", "traces", trace => trace.GetProperty("matched"), ids, cancellationToken);
        await AddAsync($"/api/traces?limit=200&attr=conversation.id&{mark}", "traces", trace => trace.GetProperty("matched"), ids, cancellationToken);
        await AddAsync($"/api/logs?limit=1000&{mark}", "logs", log => log, ids, cancellationToken);
        return ids;
    }

    private async Task AddAsync(string path, string list, Func<JsonElement, JsonElement> record, HashSet<string> ids, CancellationToken cancellationToken)
    {
        var (_, answer) = await client.GetAsync(path, cancellationToken);
        using (answer)
        {
            if (answer is null)
            {
                return;
            }

            foreach (var found in answer.RootElement.GetProperty(list).EnumerateArray())
            {
                var attributes = record(found).GetProperty("attributes");
                foreach (var name in IdAttributes)
                {
                    if (attributes.TryGetProperty(name, out var id) && id.ValueKind == JsonValueKind.String)
                    {
                        ids.Add(id.GetString()!);
                    }
                }
            }
        }
    }

    private async Task<(IReadOnlyList<FoundSession> Sessions, bool IsCurrent)> SessionsAsync(CancellationToken cancellationToken)
    {
        var (_, answer) = await client.GetAsync($"/api/sessions?limit=1000&start={Start()}", cancellationToken);
        using (answer)
        {
            if (answer is null)
            {
                return ([], false);
            }

            var sessions = answer.RootElement.GetProperty("sessions").EnumerateArray()
                .Where(session => session.GetProperty("parent").ValueKind == JsonValueKind.Null)
                .Select(session => new FoundSession(
                    session.GetProperty("key").GetString()!,
                    session.GetProperty("id").GetString()!,
                    session.GetProperty("agent").GetString()!,
                    DateTimeOffset.Parse(session.GetProperty("start").GetString()!, CultureInfo.InvariantCulture),
                    DateTimeOffset.Parse(session.GetProperty("end").GetString()!, CultureInfo.InvariantCulture)))
                .OrderBy(session => session.Start)
                .ToList();
            return (sessions, answer.RootElement.GetProperty("current").GetBoolean());
        }
    }

    private bool IsOfAgent(string name) => agent.Name == name || agent.ServiceNames.Any(service => name.StartsWith(service, StringComparison.Ordinal));

    private string Start() => (begin - Leeway).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private sealed record FoundSession(string Key, string Id, string Agent, DateTimeOffset Start, DateTimeOffset End);
}
