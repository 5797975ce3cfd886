using System.Globalization;
using System.Text.Json;
using Gander.Sessions;
using Gander.Telemetry;
using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions;

/// <summary>A captured run of an agent other than goose, and how its sessions compare with what really happened.</summary>
internal sealed class AgentScenario(FixtureScenario scenario)
{
    private readonly JsonElement _truth = scenario.Manifest.GetProperty("truth");
    private readonly JsonElement _telemetry = scenario.Manifest.GetProperty("telemetry");

    public IEnumerable<TelemetryBatch> Batches() => Captured.All(scenario);

    /// <summary>Each fact with what is true, what the sessions show, and what is said to be missing where the two differ.</summary>
    public IReadOnlyList<AgentFact> Compare(IReadOnlyList<Session> sessions)
    {
        var facts = new List<AgentFact>();
        var summaries = sessions.Select(session => session.Summary).ToList();
        var steps = sessions.SelectMany(session => session.Turns).SelectMany(turn => turn.Steps).ToList();
        var models = steps.FindAll(step => step.Kind == StepKind.Model);
        var tools = steps.FindAll(step => step.Kind == StepKind.Tool);
        var calls = _truth.GetProperty("tool_calls").EnumerateArray().ToList();

        Add("sessions", Texts(_telemetry, "session_ids"), Sorted(summaries.Select(summary => summary.Id)));
        Add("turns", Prompts(), Number(summaries.Sum(summary => summary.TurnCount)), "turns");
        Add("model calls answered", Text(_truth, "llm_ok"), Number(models.Count(step => step.Status == StepStatus.Ok)), "model call");
        Add("model requests", Text(_truth, "llm_requests"), Number(models.Sum(step => step.Attempts ?? 1)), "model call", "attempts");
        Add("models", models.Count == 0 ? "" : Texts(_truth, "models"), Sorted(models.Select(step => step.Name).Distinct()), "model call");
        AddTokens(summaries);
        Add("tool calls by name", Sorted(calls.Select(Name)), Sorted(tools.Select(step => step.Name)), "tool call", "names of MCP tools");
        Add("failed tool calls", Number(calls.Count(call => Outcome(call) == "fail")), Number(tools.Count(step => step.Status == StepStatus.Error)), "tool call", "tool outcome");
        Add("denied tool calls", Number(calls.Count(call => Outcome(call) == "denied")), Number(tools.Count(step => step.Status == StepStatus.Denied)), "tool call", "tool outcome", "denials");
        AddChanges(summaries);
        AddReports(summaries);
        return facts;

        void Add(string fact, string expected, string actual, params string[] missing) =>
            facts.Add(new AgentFact(fact, expected, actual, expected != actual && summaries.Exists(summary => Says(summary, missing))));

        void AddTokens(List<SessionSummary> folded)
        {
            var tokens = _truth.GetProperty("tokens");
            var sum = folded.Aggregate(default(TokenUsage), (total, summary) => total + summary.Tokens);
            Add("uncached input tokens", Text(tokens, "input_uncached"), Number(sum.UncachedInput), "model call", "tokens");
            Add("cache read tokens", Text(tokens, "cache_read"), Number(sum.CacheRead), "model call", "tokens");
            Add("output tokens", Output(tokens), Number(sum.Output), "model call", "tokens");
            if (tokens.TryGetProperty("cache_creation", out var written))
            {
                Add("cache write tokens", written.ToString(), Number(sum.CacheWrite), "model call", "tokens");
            }

            if (tokens.TryGetProperty("reasoning", out var reasoning))
            {
                Add("reasoning tokens", reasoning.ToString(), Number(sum.Reasoning), "model call", "tokens", "reasoning");
            }
        }

        void AddChanges(List<SessionSummary> folded)
        {
            var changes = folded.Aggregate(default(CodeChanges), (total, summary) => total + summary.Changes);
            var told = _telemetry.TryGetProperty("lines", out var lines) && lines.ValueKind == JsonValueKind.Object ? lines : default;
            if (!_truth.TryGetProperty("code_changes", out var real))
            {
                return;
            }

            // Agents count lines in ways of their own: where telemetry tells a number, that is the one to show.
            Add("lines added", told.ValueKind == JsonValueKind.Object && told.TryGetProperty("added", out var added) ? added.ToString() : Text(real, "lines_added"), Number(changes.LinesAdded), "lines");
            Add("lines removed", told.ValueKind == JsonValueKind.Object && told.TryGetProperty("removed", out var removed) ? removed.ToString() : Text(real, "lines_removed"), Number(changes.LinesRemoved), "lines");
            if (real.TryGetProperty("commits", out var commits))
            {
                Add("commits", commits.ToString(), Number(changes.Commits), "commits");
                Add("pull requests", Text(real, "pull_requests"), Number(changes.PullRequests), "pull requests");
            }
        }

        void AddReports(List<SessionSummary> folded)
        {
            if (_telemetry.TryGetProperty("cost_usd", out var cost))
            {
                Add("reported cost", cost.GetDecimal().ToString("0.########", CultureInfo.InvariantCulture), folded.Sum(summary => summary.ReportedCostUsd ?? 0).ToString("0.########", CultureInfo.InvariantCulture), "cost");
            }

            Add("figures on which sources disagree", "", Sorted(folded.SelectMany(summary => summary.Differences).Select(difference => difference.ToString())));
        }
    }

    private static bool Says(SessionSummary summary, string[] missing) =>
        summary.Missing.Any(part => missing.Any(what => part.What.Contains(what, StringComparison.OrdinalIgnoreCase)));

    // What the scripted model of Gemini CLI thought is counted beside what it answered; Gander counts it inside.
    private string Output(JsonElement tokens) => scenario.Agent == "gemini-cli"
        ? Number(tokens.GetProperty("output").GetInt64() + tokens.GetProperty("reasoning").GetInt64())
        : Text(tokens, "output");

    private string Prompts() => _telemetry.TryGetProperty("prompts", out var prompts)
        ? Number(prompts.EnumerateArray().Count(prompt => prompt.GetString()?.StartsWith('/') != true))
        : "1";

    private static string Name(JsonElement call) => call.GetProperty("name").GetString()!;

    private static string Outcome(JsonElement call) => call.GetProperty("outcome").GetString()!;

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "0";

    private static string Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var values) ? Sorted(values.EnumerateArray().Select(value => value.GetString()!)) : "";

    private static string Sorted(IEnumerable<string> texts) => string.Join(' ', texts.Order(StringComparer.Ordinal));
}
