namespace Gander.Tests.Conformance;

public sealed class ConformanceReportTests
{
    [Fact]
    public void A_failing_case_is_named_and_does_not_stop_the_others()
    {
        var cases = new ConformanceCases("sample");

        cases.Check("first", () => Assert.Equal(1, 2));
        cases.Check("second", () => { });

        Assert.Equal((1, 1, 0), (cases.Passed, cases.Failed, cases.Skipped));
        var failure = Assert.ThrowsAny<Exception>(cases.AssertAllPassed);
        Assert.Contains("first", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_skips_itself_counts_as_skipped()
    {
        var cases = new ConformanceCases("sample");

        cases.Check("needs more", () => Assert.Skip("not on this machine"));

        Assert.Equal((0, 0, 1), (cases.Passed, cases.Failed, cases.Skipped));
    }

    [Fact]
    public void A_folder_without_cases_does_not_pass() =>
        Assert.ThrowsAny<Exception>(new ConformanceCases("sample").AssertAllPassed);
}
