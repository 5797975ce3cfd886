using System.Diagnostics;
using System.Globalization;

namespace Gander.EndToEnd.Harness;

/// <summary>A program that a test runs. Its environment is exactly what the test gives; its output is kept up to a limit. Killed when disposed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int MaxLines = 20_000;

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Where its input is written.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Lines of standard output so far.</summary>
    public IReadOnlyList<string> Output => Copy(_output);

    /// <summary>Lines of standard error so far.</summary>
    public IReadOnlyList<string> Errors => Copy(_errors);

    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Keep(child._output, line.Data);
        process.ErrorDataReceived += (_, line) => child.Keep(child._errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits until the output so far satisfies <paramref name="isEnough"/>; fails when the program ends first or the time is over.</summary>
    public async Task WaitForOutputAsync(Predicate<IReadOnlyList<string>> isEnough, TimeSpan limit, CancellationToken cancellationToken) =>
        await Eventually.GetAsync(
            () =>
            {
                var output = Output;
                Assert.False(HasExited && !isEnough(output), $"The program ended:\n{Describe()}");
                return Task.FromResult(output);
            },
            isEnough,
            limit,
            $"The expected output of {_process.StartInfo.FileName}",
            cancellationToken);

    /// <summary>Waits for the end and returns the exit code; kills the program when the time is over.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            Assert.Fail($"The program did not end within {limit.TotalSeconds} s:\n{Describe()}");
        }

        return _process.ExitCode;
    }

    /// <summary>kill -9: nothing it holds in memory survives.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Sends a signal by name, such as <c>TERM</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Sends a signal to the process group that it leads.</summary>
    public async Task SignalGroupAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, "--", string.Create(CultureInfo.InvariantCulture, $"-{Id}")]);
        await kill.WaitForExitAsync();
    }

    /// <summary>What it printed last, for messages of failed tests.</summary>
    public string Describe() => string.Join('\n', [.. Output.TakeLast(40), .. Errors.TakeLast(40)]);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Task.WhenAny(_outputEnded.Task, Task.Delay(TimeSpan.FromSeconds(2)));
        _process.Dispose();
    }

    private void Keep(List<string> lines, string? line)
    {
        if (line is null)
        {
            _outputEnded.TrySetResult();
            return;
        }

        lock (_lock)
        {
            if (lines.Count < MaxLines)
            {
                lines.Add(line);
            }
        }
    }

    private string[] Copy(List<string> lines)
    {
        lock (_lock)
        {
            return [.. lines];
        }
    }
}
