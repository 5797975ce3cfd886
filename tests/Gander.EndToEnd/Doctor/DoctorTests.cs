using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Doctor;

/// <summary>The real <c>gander doctor</c> beside the real <c>gander serve</c>.</summary>
public sealed class DoctorTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private GanderProcess? _gander;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gander = await GanderProcess.StartAsync(_folder.Combine("data"), Cancel);

    public async ValueTask DisposeAsync()
    {
        await (_gander?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task What_serve_prints_for_goose_is_found_well()
    {
        var (exitCode, output) = await RunAsync(_gander!.GooseEnvironment, "--agent", "goose");

        Assert.True(exitCode == 0, string.Join('\n', output));
        Assert.Contains(output, line => line.Contains("traces, metrics, logs: sent as goose sends, stored, and read back", StringComparison.Ordinal));
        Assert.Equal("All is well.", output[^1]);
    }

    [Fact]
    public async Task A_header_with_a_colon_fails_a_build_and_stays_secret()
    {
        var environment = new Dictionary<string, string>(_gander!.GooseEnvironment) { ["OTEL_EXPORTER_OTLP_HEADERS"] = "Authorization: Basic hush-hush" };

        var (exitCode, output) = await RunAsync(environment, "--agent", "goose", "--json");

        using var json = JsonDocument.Parse(string.Join('\n', output));
        Assert.Equal((1, 1L), (exitCode, json.RootElement.Number("problems")));
        Assert.Contains(json.RootElement.Items("agents")[0].Items("findings"), finding => finding.Text("id") == "headers.colon");
        Assert.DoesNotContain("hush-hush", json.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_was_not_read_is_named()
    {
        await File.WriteAllTextAsync(_folder.Combine(".zshrc"), $"export OTEL_EXPORTER_OTLP_ENDPOINT={_gander!.OtlpHttp}\n", Cancel);

        var (exitCode, output) = await RunAsync(new Dictionary<string, string>(), "--agent", "goose");

        Assert.Equal(1, exitCode);
        Assert.Contains(output, line => line.EndsWith("> source ~/.zshrc", StringComparison.Ordinal));
    }

    private async Task<(int ExitCode, IReadOnlyList<string> Output)> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(variables, StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = _folder.FullPath,
            ["XDG_CONFIG_HOME"] = _folder.Combine("config"),
            ["DOTNET_NOLOGO"] = "true",
        };
        await using var process = GanderProcess.StartVerb(environment, _folder.FullPath, ["doctor", "--data", _gander!.Data, .. arguments]);
        var exitCode = await process.WaitForExitAsync(Limit, Cancel);
        return (exitCode, process.Output);
    }
}
