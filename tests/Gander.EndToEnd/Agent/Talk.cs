using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary>The agent of the build under test with a home of its own and a scripted model. Disposing it deletes the home.</summary>
internal sealed class Talk : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _home = new();
    private readonly Dictionary<string, string> _environment;

    public Talk(FakeModel model)
    {
        Directory.CreateDirectory(WorkFolder);
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = _home.FullPath,
            ["TERM"] = "xterm-256color",
            ["LANG"] = "C.UTF-8",
            ["GOOSE_PROVIDER"] = "openai",
            ["GOOSE_MODEL"] = "gpt-4o",
            ["OPENAI_HOST"] = model.Address.GetLeftPart(UriPartial.Authority),
            ["OPENAI_API_KEY"] = "x",
            ["OTEL_SDK_DISABLED"] = "true",
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            _environment["DOTNET_ROOT"] = root;
        }
    }

    public string WorkFolder => _home.Combine("work");

    /// <summary>The same person with a variable set.</summary>
    public Talk With(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    /// <summary>Starts a command on a terminal of its own, so that keys can be typed.</summary>
    public ChildProcess OnTerminal(string command) => GanderProcess.StartOnTerminal(_environment, WorkFolder, command);

    /// <summary>Starts a command on pipes.</summary>
    public ChildProcess Start(params string[] arguments) => GanderProcess.StartVerb(_environment, WorkFolder, arguments);

    /// <summary>Runs a command with lines as its input; returns the exit code and what it printed.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await using var process = Start([.. arguments]);
        foreach (var line in lines)
        {
            await process.Input.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        process.Input.Close();
        var code = await process.WaitForExitAsync(Limit, cancellationToken);
        return (code, process.Describe());
    }

    public void Dispose() => _home.Dispose();
}
