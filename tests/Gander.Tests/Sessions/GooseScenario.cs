using System.Text.Json;
using Gander.Sessions;
using Gander.Telemetry;
using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions;

/// <summary>A captured run of goose, and what its manifest says is true of it.</summary>
internal sealed class GooseScenario(FixtureScenario scenario)
{
    private readonly JsonElement _expected = scenario.Manifest.GetProperty("expected");

    public IEnumerable<TelemetryBatch> Batches() => Captured.Batches(scenario);

    /// <summary>Fails with every difference between the sessions and the manifest.</summary>
    public void AssertTrue(IReadOnlyList<Session> sessions)
    {
        var differences = new List<string>();
        var named = sessions.Where(session => Strings("session_ids").Contains(session.Summary.Id)).ToList();
        var summaries = named.ConvertAll(session => session.Summary);

        Compare("session ids", Strings("session_ids").Order(), summaries.Select(session => session.Id).Order());
        Compare("turns", Count("root_spans", "reply"), summaries.Where(session => session.Parent is null).Sum(session => session.TurnCount));
        Compare("model calls", Count("spans", "stream_response_from_provider"), summaries.Sum(session => session.ModelCalls));
        Compare("models", Strings("models").Order(), summaries.SelectMany(session => session.Models).Distinct().Order());
        Compare("providers", Strings("providers").Order(), summaries.SelectMany(session => session.Providers).Distinct().Order());
        var tokens = _expected.GetProperty("tokens").GetProperty("llm_spans");
        Compare("input tokens", Number(tokens, "input"), summaries.Sum(session => session.Tokens.Input));
        Compare("output tokens", Number(tokens, "output"), summaries.Sum(session => session.Tokens.Output));
        Compare("cache read tokens", Number(tokens, "cache_read"), summaries.Sum(session => session.Tokens.CacheRead));
        CompareTools(summaries);
        CompareEnds(sessions);
        CompareTurns(named);

        Assert.True(sessions.Count > 0, "no session");
        Assert.True(differences.Count == 0, string.Join("; ", differences));

        void Compare(string what, object expected, object actual)
        {
            var (left, right) = (Text(expected), Text(actual));
            if (left != right)
            {
                differences.Add($"{what}: expected {left}, folded {right}");
            }
        }

        void CompareTools(List<SessionSummary> folded)
        {
            var failures = _expected.GetProperty("tool_failures").EnumerateArray().ToList();
            var withoutSpan = failures.Where(failure => failure.GetProperty("visible_in").GetString()!.Contains("no dispatch_tool_call span", StringComparison.Ordinal));
            var calls = _expected.GetProperty("tool_calls").EnumerateObject().Select(tool => (tool.Name, Calls: tool.Value.GetInt32()))
                .Concat(withoutSpan.Select(failure => (Name: failure.GetProperty("tool").GetString()!, Calls: 1)))
                .GroupBy(tool => tool.Name, (name, tools) => $"{name}={tools.Sum(tool => tool.Calls)}");
            Compare("tool calls", calls.Order(StringComparer.Ordinal), folded.SelectMany(session => session.Tools)
                .GroupBy(tool => tool.Name, (name, tools) => $"{name}={tools.Sum(tool => tool.Calls)}").Order(StringComparer.Ordinal));

            var hidden = failures.Count(failure => failure.GetProperty("visible_in").GetString()!.StartsWith("nothing", StringComparison.Ordinal));
            Compare("visible tool failures", failures.Count - hidden, folded.Sum(session => session.ToolFailures));
            if (hidden > 0)
            {
                Compare("sessions that know that failures are hidden", true, folded.Any(session => !session.ToolFailuresKnown
                    && session.Missing.Any(part => part.What == "tool outcome" && part.Fix is not null)));
            }

            if (_expected.GetProperty("message_content_captured").GetBoolean() || IsStateMachine)
            {
                Compare("all tool failures known", true, folded.All(session => session.ToolFailuresKnown));
            }
        }

        void CompareEnds(IReadOnlyList<Session> folded) => Compare(
            "exits",
            _expected.GetProperty("metrics").EnumerateArray()
                .Where(metric => metric.GetProperty("name").GetString() == "goose.session_completions")
                .Select(metric => metric.GetProperty("attributes").GetProperty("exit_type").GetString()).Order(),
            folded.Select(session => session.Summary.Exit).OfType<string>().Order());

        void CompareTurns(List<Session> folded)
        {
            Compare("prompts captured", _expected.GetProperty("message_content_captured").GetBoolean() && folded.Count > 0, folded.Any(session => session.Summary.Title is not null));
            var loop = scenario.Manifest.GetProperty("model_calls").EnumerateArray().Where(call => !call.TryGetProperty("note", out _)).ToList();
            var failed = loop.Count > 0 && loop[^1].GetProperty("answered").GetInt32() >= 400;
            if (folded.Count > 0)
            {
                Compare("the last turn failed", failed, folded[^1].Turns[^1].Status == SessionStatus.Error);
                Compare("failed model calls show", failed, folded.Any(session => session.Summary.ModelErrors > 0));
            }
        }
    }

    private bool IsStateMachine => scenario.Manifest.GetProperty("agent").GetProperty("loop").GetString()!.StartsWith("state machine", StringComparison.Ordinal);

    private static string Text(object value) => value is IEnumerable<string?> texts ? $"[{string.Join(", ", texts)}]" : value.ToString()!;

    private static long Number(JsonElement element, string name) => element.TryGetProperty(name, out var number) ? number.GetInt64() : 0;

    private IEnumerable<string> Strings(string name) => _expected.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);

    private long Count(string group, string name) => Number(_expected.GetProperty(group), name);
}
