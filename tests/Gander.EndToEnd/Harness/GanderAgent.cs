using Gander.Tests.Conformance;

namespace Gander.EndToEnd.Harness;

/// <summary>
/// The agent of the real program, as built, with a home of its own and a scripted model. Nothing it does leaves loopback.
/// Disposing it deletes the home.
/// </summary>
internal sealed class GanderAgent : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly TempFolder _home = new();
    private readonly Dictionary<string, string> _environment;

    public GanderAgent(FakeModel model)
    {
        var address = model.Address.GetLeftPart(UriPartial.Authority);
        Directory.CreateDirectory(WorkFolder);
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = _home.FullPath,
            ["TERM"] = "dumb",
            ["LANG"] = "C.UTF-8",
            ["DOTNET_NOLOGO"] = "true",
            ["GOOSE_PROVIDER"] = "openai",
            ["GOOSE_MODEL"] = "gpt-4o",
            ["OPENAI_HOST"] = address,
            ["OPENAI_API_KEY"] = "x",
            ["ANTHROPIC_HOST"] = address,
            ["ANTHROPIC_API_KEY"] = "x",
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root)
        {
            _environment["DOTNET_ROOT"] = root;
        }
    }

    /// <summary>Where it works.</summary>
    public string WorkFolder => _home.Combine("work");

    /// <summary>Variables beside those every run has; tests may change them.</summary>
    public IDictionary<string, string> Variables => _environment;

    /// <summary>Starts <c>gander run</c>.</summary>
    public ChildProcess Start(params string[] arguments) => ChildProcess.Start("dotnet", [Assembly(), "run", .. arguments], _environment, WorkFolder);

    /// <summary>Runs <c>gander run</c> to its end.</summary>
    public async Task<AgentOutcome> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var process = Start(arguments);
        process.Input.Close();
        var exitCode = await process.WaitForExitAsync(Limit, cancellationToken);
        return new AgentOutcome(exitCode, string.Join('\n', process.Output), string.Join('\n', process.Errors));
    }

    public void Dispose() => _home.Dispose();

    private static string Assembly()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(SharedData.RepositoryRoot, "src", "Gander", "bin", configuration, "net10.0", "gander.dll");
    }
}
