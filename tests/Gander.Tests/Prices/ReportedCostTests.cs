using Gander.Hosting.Pricing;
using Gander.Sessions;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Sessions;
using Gander.Tests.Stores;

namespace Gander.Tests.Prices;

/// <summary>Claude Code says what each call cost: the table must come to the same.</summary>
[Trait("Category", "Conformance")]
public sealed class ReportedCostTests(ConformanceReport report)
{
    [Fact]
    public void Every_cost_that_an_agent_reported_is_what_the_table_makes_of_the_tokens()
    {
        var cases = report.Folder("claude-code");
        var table = PriceFile.ReadTable();

        foreach (var scenario in SharedData.Scenarios("claude-code"))
        {
            foreach (var (time, call) in Calls(scenario))
            {
                var model = call["model"].Text;
                cases.Check($"{scenario.Name} cost of {call["request_id"].Text}", () =>
                {
                    var entry = table.Match(model, "anthropic", time).Entry;
                    Assert.True(entry is not null, $"{model} has no price");
                    Assert.Equal(call["cost_usd_micros"].Bits, Micros(entry.CostOf(Usage(call))!.Value));
                });
            }
        }

        cases.AssertAllPassed();
    }

    // As the agent rounds: to whole micro-dollars, halves up.
    private static long Micros(Int128 picos) => (long)((picos + 500_000) / 1_000_000);

    private static TokenUsage Usage(Dictionary<string, AttributeValue> call)
    {
        var (fresh, read, written) = (call["input_tokens"].Bits, call["cache_read_tokens"].Bits, call["cache_creation_tokens"].Bits);
        return new TokenUsage(fresh + read + written, call["output_tokens"].Bits, read, written, 0) { CacheWriteOneHour = call["cache_creation_1h_tokens"].Bits };
    }

    private static IEnumerable<(long Time, Dictionary<string, AttributeValue> Attributes)> Calls(FixtureScenario scenario)
    {
        foreach (var batch in Captured.Batches(scenario).OfType<LogBatch>())
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var attributes = PlainAttributes.Read(batch, batch.AttributeRanges[row]).ToDictionary(StringComparer.Ordinal);
                if (attributes.ContainsKey("cost_usd_micros"))
                {
                    yield return (batch.TimeNanos[row], attributes);
                }
            }
        }
    }
}
