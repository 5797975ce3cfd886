using System.Text;
using Gander.Query.PromQl;
using Gander.Query.PromQl.Syntax;
using Gander.Query.Shared;
using Gander.Tests.Conformance;

namespace Gander.Tests.Query.PromQl;

[Trait("Category", "Conformance")]
public sealed class ParserConformanceTests(ConformanceReport report)
{
    [Fact]
    public void Every_expression_parses_or_is_refused_where_Prometheus_refuses_it()
    {
        var cases = report.Folder("promql");

        foreach (var example in SharedData.JsonLines("conformance", "promql", "parse.jsonl"))
        {
            var query = example.Value.GetProperty("query").GetString()!;
            var features = example.Value.TryGetProperty("stage", out var stage) && stage.GetString() == "experimental"
                ? PromQlFeatures.All
                : PromQlFeatures.None;
            cases.Check($"{example.Id} {query}", () =>
            {
                if (example.Value.GetProperty("ok").GetBoolean())
                {
                    Parser.Parse(query, features);
                    return;
                }

                var error = Assert.Throws<QueryException>(() => Parser.Parse(query, features));
                var start = Encoding.UTF8.GetByteCount(query.AsSpan(0, error.Position!.Value.Start));
                var wanted = example.Value.GetProperty("positions")[0][0].GetInt32();
                Assert.True(start == wanted, $"error at {start}, expected at {wanted}: {error.Message}");
            });
        }

        cases.AssertAllPassed();
    }
}
