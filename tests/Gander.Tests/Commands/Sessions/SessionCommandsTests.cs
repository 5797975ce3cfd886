using System.Text.Json;
using Gander.Tests.Conformance;
using Gander.Tests.Hosting;

namespace Gander.Tests.Commands.Sessions;

public sealed class SessionCommandsTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Sessions_are_listed_and_one_is_replayed()
    {
        await CommandRun.RunAsync(["import", SharedData.Require("fixtures", "goose", "run-mixed-content"), "--data", Data]);
        await using var server = await TestServer.StartOnDiskAsync(Data);

        var list = await CommandRun.RunAsync(["sessions", "--data", Data]);
        var json = await CommandRun.RunAsync(["sessions", "--agent", "goose", "--json", "--data", Data]);
        using var answer = JsonDocument.Parse(json.Output);
        var key = answer.RootElement.GetProperty("sessions")[0].GetProperty("key").GetString()!;
        var replay = await CommandRun.RunAsync(["session", key[..^5], "--data", Data]);
        var whole = await CommandRun.RunAsync(["session", key, "--json", "--data", Data]);

        Assert.Contains(key, list.Output, StringComparison.Ordinal);
        Assert.Contains("failed)", list.Output, StringComparison.Ordinal);
        Assert.Contains("Turn 1", replay.Output, StringComparison.Ordinal);
        Assert.Contains("◆ gpt-4o", replay.Output, StringComparison.Ordinal);
        Assert.Contains("▸ shell", replay.Output, StringComparison.Ordinal);
        Assert.Contains("scenario:mixed", replay.Output, StringComparison.Ordinal);
        using var session = JsonDocument.Parse(whole.Output);
        Assert.Equal(key, session.RootElement.GetProperty("key").GetString());
    }

    [Fact]
    public async Task What_cannot_be_found_or_asked_is_told()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);

        var absent = await CommandRun.RunAsync(["session", "nobody", "--data", Data]);
        var mistake = await CommandRun.RunAsync(["sessions", "--status", "bad", "--data", Data]);
        var empty = await CommandRun.RunAsync(["sessions", "--last", "7d", "--data", Data]);

        Assert.Equal(1, absent.ExitCode);
        Assert.Contains("There is no session with the key 'nobody'", absent.Error, StringComparison.Ordinal);
        Assert.Equal(2, mistake.ExitCode);
        Assert.Contains("'bad' is none of", mistake.Error, StringComparison.Ordinal);
        Assert.Equal((0, "No session."), (empty.ExitCode, empty.Output.Trim()));
    }
}
