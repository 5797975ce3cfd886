using System.Globalization;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Exec;

/// <summary>What becomes of the processes that a program leaves behind when <c>gander exec</c> passes a signal on to it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ExecLeftoversTests : IDisposable
{
    private const string Waiting = "while true; do sleep 0.05; done";

    // What goes on must not hold the output of the program open, or a test would wait for its end too.
    private const string Aside = ">/dev/null 2>&1 </dev/null &";
    private const string WhenReady = "while [ ! -e ready ]; do sleep 0.02; done";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly List<int> _started = [];

    public ExecLeftoversTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var id in _started.Where(IsAlive))
        {
            System.Diagnostics.Process.GetProcessById(id).Kill();
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task The_worker_of_a_launcher_that_passes_nothing_on_gets_the_signal_and_is_waited_for(string signal, int exitCode)
    {
        await using var process = await StartAsync("any-launcher", $"sh -c \"trap 'sleep 0.3; touch flushed; exit 0' {signal}; touch ready; {Waiting}\" {Aside} {WhenReady}; echo $!; wait");

        await process.SignalAsync(signal);

        Assert.Equal(exitCode, await process.WaitForExitAsync(Limit, Cancel));
        Assert.True(File.Exists(_folder.Combine("flushed")), process.Describe());
        Assert.False(IsAlive(_started[0]));
    }

    [Fact]
    public async Task What_a_program_detached_is_left_alone()
    {
        await using var process = await StartAsync("any-launcher", $"setsid sleep 300 {Aside} echo $!; wait");
        await SessionAsync(_started[0]);

        await process.SignalAsync("TERM");

        Assert.Equal(143, await process.WaitForExitAsync(Limit, Cancel));
        Assert.True(IsAlive(_started[0]));
        Assert.DoesNotContain(process.Errors, line => line.Contains("still runs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_command_of_an_agents_tool_is_ended_and_what_that_detached_is_not()
    {
        await using var process = await StartAsync("gemini", $"setsid sh -c 'setsid sleep 300 & echo $$ >pids; echo $! >>pids; touch ready; wait' {Aside} {WhenReady}; cat pids; wait", lines: 2);
        await SessionAsync(_started[1]);

        await process.SignalAsync("TERM");

        Assert.Equal(143, await process.WaitForExitAsync(Limit, Cancel));
        Assert.False(IsAlive(_started[0]));
        Assert.True(IsAlive(_started[1]));
    }

    [Fact]
    public async Task What_a_program_leaves_that_ends_by_itself_goes_on()
    {
        await using var process = await StartAsync("gemini", $"sleep 300 {Aside} echo $!");

        Assert.Equal(0, await process.WaitForExitAsync(Limit, Cancel));

        Assert.True(IsAlive(_started[0]));
    }

    [Fact]
    public async Task What_ignores_the_signal_is_told_and_left()
    {
        await using var process = await StartAsync("any-launcher", $"sh -c \"trap '' TERM; touch ready; {Waiting}\" {Aside} {WhenReady}; echo $!; wait");

        await process.SignalAsync("TERM");

        Assert.Equal(143, await process.WaitForExitAsync(Limit, Cancel));
        Assert.True(IsAlive(_started[0]));
        Assert.Contains(process.Errors, line => line.Contains("still runs", StringComparison.Ordinal) && line.Contains(string.Create(CultureInfo.InvariantCulture, $"sh ({_started[0]})"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Codex_is_interrupted_first_because_it_sends_nothing_when_it_is_ended()
    {
        await using var process = await StartAsync("codex", $"trap 'exit 5' INT; echo $$; {Waiting}", "exec", "prompt");

        await process.SignalAsync("TERM");

        Assert.Equal(5, await process.WaitForExitAsync(Limit, Cancel));
    }

    [Fact]
    public async Task Codex_is_ended_when_it_does_not_heed_the_interruption()
    {
        await using var process = await StartAsync("codex", $"trap '' INT; echo $$; {Waiting}", "exec", "prompt");

        await process.SignalAsync("TERM");

        Assert.Equal(143, await process.WaitForExitAsync(Limit, Cancel));
    }

    // A program of this name, which prints the numbers of processes, a line each.
    private async Task<ChildProcess> StartAsync(string name, string script, params string[] arguments) => await StartAsync(name, script, 1, arguments);

    private async Task<ChildProcess> StartAsync(string name, string script, int lines, params string[] arguments)
    {
        var program = _folder.Combine(name);
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n", Cancel);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var process = GanderProcess.StartVerb(Environment(), _folder.FullPath, ["exec", "--data", _folder.Combine("none"), "--", program, .. arguments]);
        await process.WaitForOutputAsync(output => output.Count >= lines, Limit, Cancel);
        _started.AddRange(process.Output.Select(line => int.Parse(line, CultureInfo.InvariantCulture)));
        return process;
    }

    private static Task SessionAsync(int id) =>
        Eventually.GetAsync(() => Task.FromResult(Fields(id)), fields => fields.Length > 3 && fields[3] == id.ToString(CultureInfo.InvariantCulture), Limit, "A session of its own", Cancel);

    private static bool IsAlive(int id) => Fields(id) is { Length: > 0 } fields && fields[0] != "Z";

    // What follows the name in /proc/ID/stat; empty when there is no such process.
    private static string[] Fields(int id)
    {
        try
        {
            var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
        ["HOME"] = _folder.FullPath,
        ["XDG_CONFIG_HOME"] = _folder.Combine("config"),
        ["XDG_DATA_HOME"] = _folder.Combine("share"),
        ["DOTNET_NOLOGO"] = "true",
    };
}
