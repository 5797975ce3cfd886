using Gander.Tests.Conformance;
using Gander.Tests.Query.PromQl.Scripts;

namespace Gander.Tests.Query.PromQl;

[Trait("Category", "Conformance")]
public sealed class ScriptConformanceTests(ConformanceReport report)
{
    [Theory]
    [InlineData("core")]
    [InlineData("delayed-name")]
    [InlineData("native")]
    [InlineData("experimental")]
    public async Task Every_script_case_of_the_stage_has_the_answer_of_Prometheus(string stage)
    {
        var cases = report.Folder("promql");
        var folder = SharedData.Require("conformance", "promql", "testdata");
        var stages = SharedData.JsonLines("conformance", "promql", "index.jsonl").ToDictionary(
            example => (example.Value.GetProperty("file").GetString()!, example.Value.GetProperty("line").GetInt32()),
            example => example.Value.GetProperty("stage").GetString()!);

        foreach (var path in Directory.EnumerateFiles(folder, "*.test").Order(StringComparer.Ordinal))
        {
            await ScriptRunner.RunAsync(ScriptFile.Read(path), cases, line => stages.GetValueOrDefault((Path.GetFileName(path), line)) == stage);
        }

        cases.AssertAllPassed();
    }
}
