using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions;

[Trait("Category", "Conformance")]
public sealed class GooseConformanceTests(ConformanceReport report)
{
    [Fact]
    public void Every_captured_run_folds_to_the_truth_of_its_manifest()
    {
        var cases = report.Folder("goose");

        foreach (var captured in SharedData.Scenarios("goose"))
        {
            var scenario = new GooseScenario(captured);
            cases.Check(captured.Name, () => scenario.AssertTrue(Folding.All(scenario.Batches())));
        }

        cases.AssertAllPassed();
    }

    [Fact]
    public void Every_captured_run_folds_to_its_truth_among_all_others_of_the_same_person()
    {
        var cases = report.Folder("goose");
        var scenarios = SharedData.Scenarios("goose").Select(captured => (captured.Name, Captured: captured, Scenario: new GooseScenario(captured))).ToList();

        var together = Folding.All(scenarios.SelectMany(scenario => scenario.Scenario.Batches()));

        foreach (var (name, _, scenario) in scenarios)
        {
            var own = Folding.All(scenario.Batches()).Select(session => session.Summary.Key).ToHashSet();
            cases.Check($"{name} among all", () => scenario.AssertTrue([.. together.Where(session => own.Contains(session.Summary.Key))]));
        }

        cases.AssertAllPassed();
    }
}
