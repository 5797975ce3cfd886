using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Agent;

/// <summary>A running Gander, a scripted model, and <c>gander run</c> with a home of its own. Skips its tests where Node is absent.</summary>
public sealed class AgentTelemetryStage : OptionalStage
{
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FoldLimit = TimeSpan.FromSeconds(20);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly TempFolder _folder = new();
    private GanderProcess? _gander;
    private FakeModel? _model;

    internal GanderProcess Gander => Present(_gander);

    internal FakeModel Model => Present(_model);

    /// <summary>Where exports wait that could not be sent.</summary>
    internal string[] KeptFiles => Directory.Exists(Outbox) ? Directory.GetFiles(Outbox) : [];

    private string Outbox => _folder.Combine("home", ".local", "state", "gander", "agent", "telemetry");

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        _model = await FakeModel.StartAsync(cancellationToken);
        _gander = await GanderProcess.StartAsync(_folder.Combine("data"), cancellationToken);
        Directory.CreateDirectory(_folder.Combine("home"));
    }

    protected override async ValueTask CleanAsync()
    {
        await (_gander?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_model?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    /// <summary>Starts <c>gander run -t</c>, which sends to the stage's Gander unless told otherwise.</summary>
    internal ChildProcess Start(string prompt, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = _folder.Combine("home"),
            ["DOTNET_NOLOGO"] = "true",
            ["GOOSE_PROVIDER"] = "openai",
            ["GOOSE_MODEL"] = "gpt-4o",
            ["GOOSE_DISABLE_SESSION_NAMING"] = "true",
            ["OPENAI_HOST"] = Model.Address.ToString(),
            ["OPENAI_API_KEY"] = "sk-of-this-test",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Gander.OtlpHttp.ToString(),
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return GanderProcess.StartVerb(environment, _folder.Combine("home"), "run", "-t", prompt);
    }

    /// <summary>Runs it to its end.</summary>
    internal async Task<(int ExitCode, IReadOnlyList<string> Errors)> RunAsync(string prompt, CancellationToken cancellationToken, params (string Name, string Value)[] variables)
    {
        await using var process = Start(prompt, variables);
        var exitCode = await process.WaitForExitAsync(RunLimit, cancellationToken);
        return (exitCode, process.Errors);
    }

    /// <summary>The one session that no earlier call returned, with its turns, once all that was sent is folded and it is as <paramref name="isWhole"/> says.</summary>
    internal async Task<JsonElement> NewSessionAsync(Predicate<JsonElement> isWhole, CancellationToken cancellationToken)
    {
        var fresh = await Eventually.GetAsync(() => NewSessionsAsync(cancellationToken), sessions => sessions.Count > 0 && isWhole(sessions[0]), FoldLimit, "A new session", cancellationToken);
        var key = Assert.Single(fresh).Text("key")!;
        _seen.Add(key);
        return await Gander.GetAsync($"/api/sessions/{Uri.EscapeDataString(key)}", cancellationToken);
    }

    private async Task<IReadOnlyList<JsonElement>> NewSessionsAsync(CancellationToken cancellationToken)
    {
        var answer = await Gander.GetAsync("/api/sessions?limit=200", cancellationToken);
        return answer.GetProperty("current").GetBoolean()
            ? [.. answer.Items("sessions").Where(session => !_seen.Contains(session.Text("key")!) && session.Text("status") != "running")]
            : [];
    }
}
