using Gander.Commands.Exec;

namespace Gander.Tests.Commands.Exec;

public sealed class ProcessTreeTests
{
    private const int Program = 100;

    [Fact]
    public void Workers_and_what_they_start_belong_to_the_run()
    {
        var all = new[] { Some(Program, 1, 50), Some(101, Program, 50), Some(102, 101, 50), Some(103, 1, 50), Some(104, 2, 50) };

        Assert.Equal([101, 102], Ids(ProcessTree.Of(Program, all, startsToolsInSessions: false)));
    }

    [Fact]
    public void A_session_of_its_own_is_left_out_with_all_that_it_started()
    {
        var all = new[] { Some(Program, 1, 50), Some(101, Program, 101), Some(102, 101, 101), Some(103, 102, 103) };

        Assert.Empty(ProcessTree.Of(Program, all, startsToolsInSessions: false));
    }

    [Fact]
    public void Commands_of_an_agents_tools_belong_to_the_run_and_what_they_detach_does_not()
    {
        var all = new[] { Some(Program, 1, 50), Some(101, Program, 50), Some(102, 101, 102), Some(103, 102, 102), Some(104, 103, 104), Some(105, 104, 104) };

        Assert.Equal([101, 102, 103], Ids(ProcessTree.Of(Program, all, startsToolsInSessions: true)));
    }

    [Fact]
    public void A_program_that_has_ended_has_no_descendants() => Assert.Empty(ProcessTree.Of(Program, [Some(101, Program, 50)], startsToolsInSessions: true));

    [Fact]
    public void Processes_that_claim_to_have_started_each_other_end_the_walk() =>
        Assert.Equal([101], Ids(ProcessTree.Of(Program, [Some(Program, 101, 50), Some(101, Program, 50)], startsToolsInSessions: true)));

    [Fact]
    public void What_was_started_since_is_found_and_a_number_given_anew_is_not()
    {
        var noted = new[] { Some(101, Program, 50), Some(102, Program, 50) };
        var all = new[] { Some(101, 1, 50), Some(102, 1, 50) with { StartTicks = 9_000 }, Some(103, 101, 50), Some(104, 101, 104), Some(105, 102, 50) };

        Assert.Equal([101, 103], Ids(ProcessTree.Grown(noted, all)));
    }

    [Theory]
    [InlineData("42 (sleep) S 7 42 40 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 12345 100 10", 42, 7, 40, 12_345L, "sleep")]
    [InlineData("42 (a ) S 1 (b) R 7 42 40 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 12345 100 10\n", 42, 7, 40, 12_345L, "a ) S 1 (b")]
    public void A_line_of_the_system_is_read(string line, int id, int parent, int session, long start, string name) =>
        Assert.Equal(new RunningProcess(id, parent, session, start, name), RunningProcess.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("42 (sleep")]
    [InlineData("42 (sleep) S 7 42 40")]
    [InlineData("x (sleep) S 7 42 40 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 12345 100 10")]
    [InlineData("42 (git) Z 1 42 40 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 12345 100 10")]
    public void What_has_ended_and_what_is_no_such_line_is_no_process(string line) => Assert.Null(RunningProcess.Parse(line));

    [Fact]
    public void This_process_runs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");

        var self = Assert.Single(RunningProcess.All(), process => process.Id == Environment.ProcessId);

        Assert.True(self.Runs());
        Assert.False((self with { StartTicks = self.StartTicks + 1 }).Runs());
    }

    private static RunningProcess Some(int id, int parent, int session) => new(id, parent, session, id * 10, "some");

    private static IEnumerable<int> Ids(IEnumerable<RunningProcess> processes) => processes.Select(process => process.Id).Order();
}
