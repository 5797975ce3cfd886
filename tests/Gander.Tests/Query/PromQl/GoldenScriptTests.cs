using Gander.Tests.Conformance;
using Gander.Tests.Query.PromQl.Scripts;

namespace Gander.Tests.Query.PromQl;

public sealed class GoldenScriptTests
{
    public static TheoryData<string> Scripts() =>
        [.. Directory.EnumerateFiles(Folder, "*.test").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(SharedData.RepositoryRoot, "tests", "golden", "promql");

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Every_case_of_the_script_has_the_answer_it_states(string script)
    {
        var cases = new ConformanceCases(script);

        await ScriptRunner.RunAsync(ScriptFile.Read(Path.Combine(Folder, script)), cases, _ => true);

        cases.AssertAllPassed();
    }
}
