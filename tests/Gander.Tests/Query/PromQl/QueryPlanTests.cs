using System.Text;
using System.Text.Json;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Evaluation;
using Gander.Query.PromQl.Plans;
using Gander.Query.PromQl.Series;
using Gander.Tests.Query.PromQl.Recorded;

namespace Gander.Tests.Query.PromQl;

public sealed class QueryPlanTests
{
    [Fact]
    public async Task A_plan_is_a_tree_of_operations_with_what_they_read()
    {
        var plan = await ExplainAsync("histogram_quantile(0.95, sum by (le) (rate(x_bucket{job=\"a\"}[5m])))");

        Assert.Equal(
            """
            3 steps from 1970-01-01T01:00:00Z to 1970-01-01T01:02:00Z
            histogram_quantile(0.95, …)  (reads the bucket sums where they were added up)
            └─ sum by (le)  (series by series, holds one value a group and step)
               └─ rate(…)  (constant work a step, whatever the window)
                  └─ select x_bucket{job="a"}[5m]  (2 series; from 1970-01-01T00:55:00.001Z to 1970-01-01T01:02:00Z)

            """,
            plan.ToText(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Parts_that_occur_twice_are_shown_once()
    {
        var plan = await ExplainAsync("sum(x_bucket) / (sum(x_bucket) + 1)");

        Assert.Equal(1, plan.Root.Inputs[0].Shared);
        Assert.NotEmpty(plan.Root.Inputs[0].Inputs);
        var again = plan.Root.Inputs[1].Inputs[0];
        Assert.Equal(1, again.Shared);
        Assert.Empty(again.Inputs);
    }

    [Fact]
    public async Task Parts_pinned_to_one_time_are_evaluated_once()
    {
        var plan = await ExplainAsync("x_bucket - x_bucket @ end()");

        Assert.DoesNotContain("the same at every step: evaluated once", plan.Root.Inputs[0].Notes);
        Assert.Contains("the same at every step: evaluated once", plan.Root.Inputs[1].Notes);
    }

    [Fact]
    public async Task The_same_plan_comes_as_JSON()
    {
        var plan = await ExplainAsync("max_over_time(x_bucket[1h:5m])");
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            plan.WriteJson(writer);
        }

        var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).RootElement;

        Assert.Equal(3, json.GetProperty("steps").GetInt32());
        var subquery = json.GetProperty("plan").GetProperty("inputs")[0];
        Assert.Equal("subquery over 1h", subquery.GetProperty("operation").GetString());
        Assert.Equal(14, subquery.GetProperty("from").GetInt32());
        Assert.Equal(2, subquery.GetProperty("inputs")[0].GetProperty("series").GetInt32());
    }

    private static Task<QueryPlan> ExplainAsync(string query)
    {
        var source = new MemorySeriesSource();
        foreach (var bound in (string[])["1", "+Inf"])
        {
            source.Add(Labels.Of([new(Labels.MetricName, "x_bucket"), new("job", "a"), new("le", bound)]), 3_600_000, 1);
        }

        return new PromQlEngine(source, new QueryLimits(), PromQlFeatures.All).ExplainAsync(query, 3_600_000, 3_720_000, 60_000, CancellationToken.None);
    }
}
