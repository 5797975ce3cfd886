using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Exec;

/// <summary><c>gander exec</c> as a wrapper of any program: what a shell would do, it does.</summary>
public sealed class ExecProgramTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "sh", "-c", "exit 0")]
    [InlineData(42, "sh", "-c", "exit 42")]
    [InlineData(137, "sh", "-c", "kill -9 $$")]
    [InlineData(127, "no-such-program-anywhere")]
    [InlineData(126, "/etc/passwd")]
    public async Task The_exit_code_is_what_a_shell_would_say(int expected, params string[] command)
    {
        await using var process = Start(command);

        Assert.Equal(expected, await process.WaitForExitAsync(Limit, Cancel));
    }

    [Fact]
    public async Task Input_output_and_arguments_go_through_untouched()
    {
        await using var process = Start("sh", "-c", "cat; printf '%s|' \"$@\"; echo oops >&2", "sh", "--data", "a b", "-t", "");
        await process.Input.WriteAsync("typed\n");
        process.Input.Close();

        await process.WaitForExitAsync(Limit, Cancel);

        Assert.Equal(["typed", "--data|a b|-t||"], process.Output);
        Assert.Contains("oops", process.Errors);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    public async Task A_signal_reaches_the_program_which_decides_what_comes_of_it(string signal)
    {
        await using var process = Start("sh", "-c", $"trap 'echo got; exit 5' {signal}; echo ready; while true; do sleep 0.05; done");
        await process.WaitForOutputAsync(lines => lines.Contains("ready"), Limit, Cancel);

        await process.SignalAsync(signal);

        Assert.Equal(5, await process.WaitForExitAsync(Limit, Cancel));
        Assert.Contains("got", process.Output);
    }

    [Fact]
    public async Task Ctrl_C_at_a_terminal_reaches_the_program_once()
    {
        var command = $"exec -- sh -c 'n=0; trap \"n=\\$((n+1)); echo got \\$n\" INT; echo ready; i=0; while [ $i -lt 15 ]; do sleep 0.1; i=$((i+1)); done; exit 3'";
        await using var process = GanderProcess.StartOnTerminal(Environment(), _folder.FullPath, command);
        await process.WaitForOutputAsync(lines => lines.Any(line => line.Contains("ready", StringComparison.Ordinal)), Limit, Cancel);

        await process.Input.WriteAsync("\x03");
        await process.Input.FlushAsync(Cancel);

        Assert.Equal(3, await process.WaitForExitAsync(Limit, Cancel));
        Assert.Contains(process.Output, line => line.Contains("got 1", StringComparison.Ordinal));
        Assert.DoesNotContain(process.Output, line => line.Contains("got 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_pipe_ends_programs_as_it_always_does()
    {
        await using var process = Start("sh", "-c", "grep SigIgn /proc/self/status");

        await process.WaitForExitAsync(Limit, Cancel);

        Assert.SkipWhen(process.Output.Count == 0, "this system does not show what a process ignores");
        Assert.Matches("SigIgn:\\s*0+$", Assert.Single(process.Output));
    }

    private ChildProcess Start(params string[] command) =>
        GanderProcess.StartVerb(Environment(), _folder.FullPath, ["exec", "--data", _folder.Combine("none"), "--", .. command]);

    private Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
        ["HOME"] = _folder.FullPath,
        ["XDG_CONFIG_HOME"] = _folder.Combine("config"),
        ["XDG_DATA_HOME"] = _folder.Combine("share"),
        ["DOTNET_NOLOGO"] = "true",
    };
}
