using System.Globalization;
using System.Text;
using Gander.Telemetry;
using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions;

/// <summary>Every captured run of every agent against what really happened in it.</summary>
[Trait("Category", "Conformance")]
public sealed class AgentConformanceTests(ConformanceReport report)
{
    // goose has tests of its own, as its manifests are of another form.
    private const string Goose = "goose";

    [Fact]
    public void Every_fact_of_every_captured_run_is_right_or_known_to_be_missing()
    {
        var table = new Dictionary<(string Agent, string Fact), (int Right, int Missing, int Wrong)>();
        var agents = SharedData.Scenarios().Where(scenario => scenario.Agent != Goose).GroupBy(scenario => scenario.Agent).ToList();
        var all = new List<ConformanceCases>();

        foreach (var agent in agents)
        {
            var cases = report.Folder(agent.Key);
            all.Add(cases);
            foreach (var captured in agent)
            {
                var scenario = new AgentScenario(captured);
                var facts = scenario.Compare(Folding.All(scenario.Batches()));
                foreach (var fact in facts)
                {
                    var count = table.GetValueOrDefault((agent.Key, fact.Name));
                    table[(agent.Key, fact.Name)] = (count.Right + (fact.IsRight ? 1 : 0), count.Missing + (fact.IsMissing ? 1 : 0), count.Wrong + (fact.IsWrong ? 1 : 0));
                }

                cases.Check(captured.Name, () => Assert.Equal("", string.Join("; ", facts.Where(fact => fact.IsWrong))));
            }
        }

        var markdown = Markdown(table);
        Console.WriteLine(markdown);
        Assert.All(all, cases => cases.AssertAllPassed());
        Assert.EndsWith(markdown, File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "agents.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("codex")]
    [InlineData("gemini-cli")]
    [InlineData("qwen-code")]
    [InlineData("copilot-cli")]
    [InlineData("opencode")]
    public void An_agent_is_right_or_says_what_is_missing_with_all_but_one_signal_switched_off(string agent)
    {
        var cases = report.Folder(agent);
        foreach (var captured in SharedData.Scenarios(agent))
        {
            var scenario = new AgentScenario(captured);
            foreach (var signal in new[] { typeof(LogBatch), typeof(SpanBatch) })
            {
                var sessions = Folding.All(scenario.Batches().Where(batch => batch.GetType() == signal));
                cases.Check($"{captured.Name} with {signal.Name}", () => Assert.Equal("", string.Join("; ", scenario.Compare(sessions).Where(fact => fact.IsWrong && sessions.Count > 0))));
            }
        }

        cases.AssertAllPassed();
    }

    [Theory]
    [InlineData(typeof(LogBatch))]
    [InlineData(typeof(SpanBatch))]
    [InlineData(typeof(MetricBatch))]
    [InlineData(typeof(LogBatch), typeof(SpanBatch))]
    [InlineData(typeof(LogBatch), typeof(MetricBatch))]
    [InlineData(typeof(SpanBatch), typeof(MetricBatch))]
    public void Claude_Code_is_right_or_says_what_is_missing_with_some_signals_switched_off(params Type[] signals)
    {
        var cases = report.Folder("claude-code");
        foreach (var captured in SharedData.Scenarios("claude-code"))
        {
            var scenario = new AgentScenario(captured);
            var facts = scenario.Compare(Folding.All(scenario.Batches().Where(batch => signals.Contains(batch.GetType()))));
            cases.Check($"{captured.Name} with {string.Join(" and ", signals.Select(signal => signal.Name))}", () => Assert.Equal("", string.Join("; ", facts.Where(fact => fact.IsWrong))));
        }

        cases.AssertAllPassed();
    }

    private static string Markdown(Dictionary<(string Agent, string Fact), (int Right, int Missing, int Wrong)> table)
    {
        var agents = table.Keys.Select(key => key.Agent).Distinct().Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| right, known missing, wrong | {string.Join(" | ", agents)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| --- | {string.Join(" | ", agents.Select(_ => "---"))} |\n");
        foreach (var fact in table.Keys.Select(key => key.Fact).Distinct())
        {
            text.Append(CultureInfo.InvariantCulture, $"| {fact} | {string.Join(" | ", agents.Select(agent => Cell(agent, fact)))} |\n");
        }

        return text.ToString();

        string Cell(string agent, string fact) =>
            table.TryGetValue((agent, fact), out var count) ? string.Create(CultureInfo.InvariantCulture, $"{count.Right}, {count.Missing}, {count.Wrong}") : "";
    }
}
