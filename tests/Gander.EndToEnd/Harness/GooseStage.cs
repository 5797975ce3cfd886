using System.Text.Json;

namespace Gander.EndToEnd.Harness;

/// <summary>A running Gander, a scripted model and a goose at one machine, shared by the tests of a class. Skips them where goose or Node is absent.</summary>
public sealed class GooseStage : IAsyncLifetime
{
    // goose exports what is left when it ends, so its session is there as soon as it has gone; folding takes a moment.
    private static readonly TimeSpan FoldLimit = TimeSpan.FromSeconds(15);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private TempFolder? _folder;

    internal GanderProcess Gander { get; private set; } = null!;

    internal FakeModel Model { get; private set; } = null!;

    internal Goose Goose { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        Prerequisite.Goose();
        Model = await FakeModel.StartAsync(cancel);
        _folder = new TempFolder();
        Gander = await GanderProcess.StartAsync(_folder.Combine("data"), cancel);
        Goose = new Goose(Model, Gander);
    }

    public async ValueTask DisposeAsync()
    {
        Goose?.Dispose();
        if (Gander is not null)
        {
            await Gander.DisposeAsync();
        }

        if (Model is not null)
        {
            await Model.DisposeAsync();
        }

        _folder?.Dispose();
    }

    /// <summary>The summaries of sessions that no earlier call returned, once there are <paramref name="count"/> that have ended or failed.</summary>
    internal async Task<IReadOnlyList<JsonElement>> NewSessionsAsync(int count, CancellationToken cancellationToken)
    {
        var found = await Eventually.GetAsync(
            async () => (await ListAsync(cancellationToken)).Where(session => !_seen.Contains(Key(session))).ToList(),
            sessions => sessions.Count >= count && sessions.TrueForAll(session => session.GetProperty("status").GetString() != "running"),
            FoldLimit,
            $"{count} new sessions",
            cancellationToken);
        _seen.UnionWith(found.Select(Key));
        return found;
    }

    /// <summary>The one new session with its turns.</summary>
    internal async Task<JsonElement> NewSessionAsync(CancellationToken cancellationToken) =>
        await ReadAsync(Key(Assert.Single(await NewSessionsAsync(1, cancellationToken))), cancellationToken);

    /// <summary>One session with its turns.</summary>
    internal Task<JsonElement> ReadAsync(string key, CancellationToken cancellationToken) =>
        Gander.GetAsync($"/api/sessions/{Uri.EscapeDataString(key)}", cancellationToken);

    internal async Task<IReadOnlyList<JsonElement>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await Gander.GetAsync("/api/sessions?limit=200", cancellationToken)).GetProperty("sessions").EnumerateArray()];

    internal static string Key(JsonElement session) => session.GetProperty("key").GetString()!;
}
