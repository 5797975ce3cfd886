using System.Globalization;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Exec;

/// <summary>A machine where goose knows nothing of Gander, and <c>gander exec</c> is all that brings them together.</summary>
public sealed class ExecStage : OptionalStage
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly TempFolder _folder = new();
    private GanderProcess? _gander;
    private FakeModel? _model;
    private Goose? _goose;

    internal GanderProcess Gander => Present(_gander);

    internal FakeModel Model => Present(_model);

    /// <summary>The data folder of the server that runs.</summary>
    internal string Data => _folder.Combine("data");

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        Prerequisite.Goose();
        _model = await FakeModel.StartAsync(cancellationToken);
        _gander = await GanderProcess.StartAsync(Data, cancellationToken);
        _goose = new Goose(_model, _gander);
    }

    protected override async ValueTask CleanAsync()
    {
        _goose?.Dispose();
        await (_gander?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_model?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    /// <summary>A new path for a data folder on which no server runs.</summary>
    internal string OtherData(string name) => _folder.Combine(name);

    /// <summary>Starts <c>gander exec</c> with these arguments in goose's environment and some variables more.</summary>
    internal ChildProcess Start(IReadOnlyList<string> arguments, params ReadOnlySpan<(string Name, string Value)> settings) =>
        GanderProcess.StartVerb(SomebodysEnvironment(settings), Present(_goose).WorkFolder, ["exec", .. arguments]);

    /// <summary>Starts it as the leader of a process group of its own, as a service manager does.</summary>
    internal ChildProcess StartGroup(IReadOnlyList<string> arguments) =>
        GanderProcess.StartGroup(SomebodysEnvironment([]), Present(_goose).WorkFolder, ["exec", .. arguments]);

    private Dictionary<string, string> SomebodysEnvironment(ReadOnlySpan<(string Name, string Value)> settings)
    {
        var environment = Present(_goose).EnvironmentWithoutTelemetry;
        environment["PATH"] = string.Create(CultureInfo.InvariantCulture, $"{Present(_goose).ProgramFolder}{Path.PathSeparator}{environment["PATH"]}");
        environment["DOTNET_NOLOGO"] = "true";
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>Runs it to its end.</summary>
    internal async Task<ExecOutcome> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        await using var process = Start(arguments, settings);
        process.Input.Close();
        var exitCode = await process.WaitForExitAsync(Limit, cancellationToken);
        return new ExecOutcome(exitCode, process.Output, process.Errors);
    }
}
