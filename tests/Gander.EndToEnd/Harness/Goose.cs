namespace Gander.EndToEnd.Harness;

/// <summary>
/// The real goose with a home of its own, a scripted model and the environment that Gander printed. Nothing it does leaves
/// loopback. Disposing it deletes the home.
/// </summary>
internal sealed class Goose : IDisposable
{
    /// <summary>The agent loop that goose also has: other spans, the same contract.</summary>
    public static readonly (string Name, string Value) StateMachine = ("GOOSE_STATE_MACHINE", "1");

    /// <summary>What goose does without the variable that Gander prints: prompts and tool texts stay out of telemetry.</summary>
    public static readonly (string Name, string Value) WithoutContent = ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "false");

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly TempFolder _home = new();
    private readonly string _program = Prerequisite.Goose();
    private readonly Dictionary<string, string> _environment;

    public Goose(FakeModel model, GanderProcess gander)
    {
        var address = model.Address.GetLeftPart(UriPartial.Authority);
        Directory.CreateDirectory(WorkFolder);
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = _home.FullPath,
            ["XDG_CONFIG_HOME"] = _home.Combine("config"),
            ["XDG_DATA_HOME"] = _home.Combine("data"),
            ["XDG_STATE_HOME"] = _home.Combine("state"),
            ["XDG_CACHE_HOME"] = _home.Combine("cache"),
            ["TERM"] = "dumb",
            ["LANG"] = "C.UTF-8",
            ["GOOSE_PROVIDER"] = "openai",
            ["GOOSE_MODEL"] = "gpt-4o",
            ["GOOSE_DISABLE_KEYRING"] = "1",
            ["GOOSE_TELEMETRY_ENABLED"] = "false",
            ["OPENAI_HOST"] = address,
            ["OPENAI_API_KEY"] = "x",
            ["ANTHROPIC_HOST"] = address,
            ["ANTHROPIC_API_KEY"] = "x",
        };
        foreach (var (name, value) in gander.GooseEnvironment)
        {
            _environment[name] = value;
        }

    }

    private Goose(Goose other, ReadOnlySpan<(string Name, string Value)> settings)
    {
        _home = other._home;
        _environment = new Dictionary<string, string>(other._environment, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            _environment[name] = value;
        }
    }

    /// <summary>Where goose works.</summary>
    public string WorkFolder => _home.Combine("work");

    /// <summary>The folder of the program.</summary>
    public string ProgramFolder => Path.GetDirectoryName(_program)!;

    /// <summary>All variables but those that Gander printed: goose as somebody has it who never heard of Gander.</summary>
    public Dictionary<string, string> EnvironmentWithoutTelemetry =>
        _environment.Where(variable => !variable.Key.StartsWith("OTEL_", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The same person at the same machine, with other variables set.</summary>
    public Goose With(params ReadOnlySpan<(string Name, string Value)> settings) => new(this, settings);

    /// <summary>Runs <c>goose run</c> with one prompt, and more arguments where given; returns the exit code.</summary>
    public Task<int> RunAsync(string prompt, CancellationToken cancellationToken, params string[] arguments) =>
        ExecuteAsync(["run", "-t", prompt, .. arguments], [], cancellationToken);

    /// <summary>Runs <c>goose session</c> and types one prompt after the other; returns the exit code.</summary>
    public Task<int> TalkAsync(IEnumerable<string> prompts, CancellationToken cancellationToken, params string[] arguments) =>
        ExecuteAsync(["session", .. arguments], prompts, cancellationToken);

    /// <summary>Starts <c>goose session</c>; its input is typed by the test.</summary>
    public ChildProcess StartSession() => ChildProcess.Start(_program, ["session"], _environment, WorkFolder);

    /// <summary>Starts <c>goose session</c> on a terminal of its own, so that Ctrl-C (<c>\x03</c>) can be typed.</summary>
    public ChildProcess StartOnTerminal() =>
        ChildProcess.Start(Prerequisite.Program("script"), ["-qfec", $"{_program} session", "/dev/null"], _environment, WorkFolder);

    public void Dispose() => _home.Dispose();

    private async Task<int> ExecuteAsync(IEnumerable<string> arguments, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await using var process = ChildProcess.Start(_program, arguments, _environment, WorkFolder);
        foreach (var line in lines)
        {
            await process.Input.WriteLineAsync(line.AsMemory(), cancellationToken);
        }

        process.Input.Close();
        return await process.WaitForExitAsync(Limit, cancellationToken);
    }
}
