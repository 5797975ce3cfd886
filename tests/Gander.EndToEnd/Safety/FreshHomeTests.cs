using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Safety;

/// <summary>The first start of all, as a person sees it.</summary>
public sealed class FreshHomeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_server_warns_of_nothing_and_writes_only_into_its_data_folder()
    {
        var home = Directory.CreateDirectory(_folder.Combine("home")).FullName;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = home,
            ["DOTNET_NOLOGO"] = "true",
        };
        await using var server = GanderProcess.StartVerb(environment, home, ["serve", "--data", _folder.Combine("data"), .. ServerPorts.Any.Arguments]);

        await server.WaitForOutputAsync(lines => lines.Any(line => line.StartsWith("Stop with", StringComparison.Ordinal)), Limit, Cancel);
        await server.SignalAsync("TERM");

        Assert.Equal(0, await server.WaitForExitAsync(Limit, Cancel));
        Assert.Empty(Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories));
        Assert.DoesNotContain(server.Errors, line => line.Contains("warning", StringComparison.OrdinalIgnoreCase));
    }
}
