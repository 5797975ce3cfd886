using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>Holds a session against what its model was asked and answered.</summary>
internal static class Truth
{
    /// <summary>Model calls, tokens of every kind, models and tools by name are those of the requests, and no two sources disagree.</summary>
    public static void AssertCalls(JsonElement session, string agent, IReadOnlyList<ModelRequest> requests)
    {
        // Thoughts stand beside output in Gemini's own numbers, and inside it in everybody's else and in Gander's.
        var beside = agent == "gemini-cli" ? 1 : 0;
        var expected = new Figures(
            agent,
            requests.Count(request => request.IsAnswered),
            requests.Sum(request => request.Uncached + request.CacheRead + request.CacheWrite),
            requests.Sum(request => request.Output + beside * request.Reasoning),
            requests.Sum(request => request.CacheRead),
            requests.Sum(request => request.CacheWrite),
            requests.Sum(request => request.Reasoning),
            string.Join(", ", requests.SelectMany(request => request.Tools).CountBy(tool => tool).Select(tool => $"{tool.Key} {tool.Value}").Order(StringComparer.Ordinal)),
            string.Join(", ", requests.Select(request => request.Model).Distinct().Order(StringComparer.Ordinal)));

        var tokens = session.GetProperty("tokens");
        var actual = new Figures(
            session.Text("agent")!,
            session.Number("modelCalls") - session.Number("modelErrors"),
            tokens.Number("input"),
            tokens.Number("output"),
            tokens.Number("cacheRead"),
            tokens.Number("cacheWrite"),
            tokens.Number("reasoning"),
            session.ToolCalls(),
            string.Join(", ", session.Texts("models").Order(StringComparer.Ordinal)));
        Assert.Equal(expected, actual);
        Assert.Empty(session.Items("differences"));
        Assert.Equal(tokens.Number("input") + tokens.Number("output"), tokens.Number("total"));
    }

    /// <summary>Turns, and tool calls that failed and that were refused, in the sums and in the steps.</summary>
    public static void AssertOutcome(JsonElement session, int turns, int failures = 0, int denials = 0)
    {
        // What was refused did not do what it was meant to do: it counts among the failures.
        Assert.Equal((turns, failures + denials, denials), (session.Number("turnCount"), session.Number("toolFailures"), session.Number("toolDenials")));
        Assert.True(session.GetProperty("toolFailuresKnown").GetBoolean());
        var tools = session.Steps().Where(step => step.Text("kind") == "tool").ToList();
        Assert.Equal((failures, denials), (tools.Count(step => step.Text("status") == "error"), tools.Count(step => step.Text("status") == "denied")));
    }

    /// <summary>The cost that the agent itself reported is what the price table says, to the micro-dollar.</summary>
    public static void AssertReportedCost(JsonElement session)
    {
        var cost = session.GetProperty("cost");
        Assert.Equal("reported", cost.Text("provenance"));
        Assert.Equal(cost.GetProperty("pricedUsd").GetDecimal(), cost.GetProperty("reportedUsd").GetDecimal(), precision: 6);
    }

    /// <summary>No cost was reported, and all tokens have a price.</summary>
    public static void AssertPricedCost(JsonElement session)
    {
        var cost = session.GetProperty("cost");
        Assert.Equal(("priced", 0), (cost.Text("provenance"), cost.Number("unpricedTokens")));
        Assert.True(cost.GetProperty("pricedUsd").GetDecimal() > 0);
    }

    private sealed record Figures(
        string Agent, long Answers, long Input, long Output, long CacheRead, long CacheWrite, long Reasoning, string Tools, string Models);
}
