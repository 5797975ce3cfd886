using System.Text;
using System.Text.Json;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Syntax;
using Gander.Tests.Conformance;

namespace Gander.Tests.Query.PromQl;

public sealed class PromQlPrinterTests
{
    [Theory]
    [InlineData("sum(rate(x[5m]))by(job,le)", "sum by (job, le) (rate(x[5m]))")]
    [InlineData("sum without()(x)", "sum without () (x)")]
    [InlineData("topk(5,x)", "topk(5, x)")]
    [InlineData("x{b='1',a=~\"y.*\"}offset 90m", "x{a=~\"y.*\",b=\"1\"} offset 1h30m")]
    [InlineData("x[300]@12.5 offset -1w", "x[5m] @ 12.500 offset -1w")]
    [InlineData("x@start()[1h:]", "x @ start()[1h:]")]
    [InlineData("{\"my.metric\",\"a.b\"=\"c\"}", "{\"my.metric\",\"a.b\"=\"c\"}")]
    [InlineData("{__name__=\"x\",a=\"b\"}", "{__name__=\"x\",a=\"b\"}")]
    [InlineData("a*on(b)group_left(c)d", "a * on (b) group_left (c) d")]
    [InlineData("a==bool 1e3", "a == bool 1000")]
    [InlineData("- a + -1 ^ 2", "-a + -1 ^ 2")]
    [InlineData("(a or b)unless ignoring(c)d", "(a or b) unless ignoring (c) d")]
    [InlineData("a + fill(0) b", "a + fill (0) b")]
    [InlineData("x[(1m+30s)*2]", "x[(1m + 30s) * 2]")]
    [InlineData("x[max_of(step(),5m)] anchored", "x[max_of(step(), 5m)] anchored")]
    [InlineData("label_join(x, 'a\tb', \"\\\"\")", "label_join(x, \"a\\tb\", \"\\\"\")")]
    [InlineData("vector(1h)", "vector(1h)")]
    [InlineData("0.0000001 + 1e22", "0.0000001 + 10000000000000000000000")]
    public void Queries_are_printed_as_Prometheus_prints_them(string query, string expected) =>
        Assert.Equal(expected, PromQlPrinter.Print(Parser.Parse(query, PromQlFeatures.All)));

    [Fact]
    public void A_power_of_infinity_stays_one()
    {
        var printed = PromQlPrinter.Print(Parser.Parse("inf^1e3"));

        Assert.Equal("Inf ^ 1000", printed);
        Assert.Equal(printed, PromQlPrinter.Print(Parser.Parse(printed)));
    }

    [Fact]
    public void A_part_longer_than_a_line_is_broken_at_its_own_level()
    {
        const string Query = "histogram_quantile(0.95, sum by (le, gen_ai_request_model) (rate(traces_span_metrics_duration_milliseconds_bucket{ServiceName=\"goose\"}[5m])))";

        Assert.Equal(
            """
            histogram_quantile(
              0.95,
              sum by (le, gen_ai_request_model) (
                rate(traces_span_metrics_duration_milliseconds_bucket{ServiceName="goose"}[5m])
              )
            )
            """,
            PromQlPrinter.Print(Parser.Parse(Query)),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Long_operands_stand_deeper_than_their_operator()
    {
        var query = string.Join(" / ", Enumerable.Repeat("rate(a_rather_long_metric_name_total{label=\"value\"}[5m])", 2));

        Assert.Equal(
            """
              rate(a_rather_long_metric_name_total{label="value"}[5m])
            /
              rate(a_rather_long_metric_name_total{label="value"}[5m])
            """,
            PromQlPrinter.Print(Parser.Parse(query)),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Printed_queries_print_the_same_again()
    {
        foreach (var example in SharedData.JsonLines("conformance", "promql", "parse.jsonl").Where(example => example.Value.GetProperty("ok").GetBoolean()))
        {
            var expression = Parser.Parse(example.Value.GetProperty("query").GetString()!, PromQlFeatures.All);

            var line = PromQlPrinter.PrintLine(expression);
            var pretty = PromQlPrinter.Print(expression);

            Assert.Equal(line, PromQlPrinter.PrintLine(Parser.Parse(line, PromQlFeatures.All)));
            Assert.Equal(line, PromQlPrinter.PrintLine(Parser.Parse(pretty, PromQlFeatures.All)));
        }
    }

    [Fact]
    public void The_syntax_tree_is_written_as_parse_query_answers_it()
    {
        var tree = Json("sum by (a) (rate(x{b=\"c\"}[5m] offset 1m)) > bool on (a) 2 * y @ end()");

        Assert.Equal("binaryExpr", tree.GetProperty("type").GetString());
        Assert.Equal(">", tree.GetProperty("op").GetString());
        Assert.True(tree.GetProperty("bool").GetBoolean());
        Assert.Equal("one-to-one", tree.GetProperty("matching").GetProperty("card").GetString());
        var aggregation = tree.GetProperty("lhs");
        Assert.Equal("aggregation", aggregation.GetProperty("type").GetString());
        Assert.Equal("a", aggregation.GetProperty("grouping")[0].GetString());
        var call = aggregation.GetProperty("expr");
        Assert.Equal("rate", call.GetProperty("func").GetProperty("name").GetString());
        Assert.Equal("matrix", call.GetProperty("func").GetProperty("argTypes")[0].GetString());
        var selector = call.GetProperty("args")[0];
        Assert.Equal(300_000, selector.GetProperty("range").GetInt64());
        Assert.Equal(60_000, selector.GetProperty("offset").GetInt64());
        Assert.Equal("b", selector.GetProperty("matchers")[1].GetProperty("name").GetString());
        var product = tree.GetProperty("rhs");
        Assert.Equal("2", product.GetProperty("lhs").GetProperty("val").GetString());
        Assert.Equal("end", product.GetProperty("rhs").GetProperty("startOrEnd").GetString());
    }

    private static JsonElement Json(string query)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            SyntaxTreeJson.Write(Parser.Parse(query), writer);
        }

        return JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).RootElement;
    }
}
