using System.Text.Json;

namespace Gander.EndToEnd.Harness;

/// <summary>A running Gander, a scripted model and a goose at one machine, shared by the tests of a class. Skips them where goose or Node is absent.</summary>
public sealed class GooseStage : OptionalStage
{
    // goose exports what is left when it ends, so its session is there as soon as it has gone; folding takes a moment.
    private static readonly TimeSpan FoldLimit = TimeSpan.FromSeconds(15);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly TempFolder _folder = new();
    private GanderProcess? _gander;
    private FakeModel? _model;
    private Goose? _goose;

    internal GanderProcess Gander => Present(_gander);

    internal FakeModel Model => Present(_model);

    internal Goose Goose => Present(_goose);

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        Prerequisite.Goose();
        _model = await FakeModel.StartAsync(cancellationToken);
        _gander = await GanderProcess.StartAsync(_folder.Combine("data"), cancellationToken);
        _goose = new Goose(_model, _gander);
    }

    protected override async ValueTask CleanAsync()
    {
        _goose?.Dispose();
        await (_gander?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_model?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    /// <summary>
    /// The summaries of sessions that no earlier call returned, latest first, once there are <paramref name="count"/> and
    /// everything that was sent is folded. One that still goes on is not among them.
    /// </summary>
    internal Task<IReadOnlyList<JsonElement>> NewSessionsAsync(int count, CancellationToken cancellationToken) =>
        NewSessionsAsync(count, sessions => true, cancellationToken);

    /// <summary>The same, once they also are as <paramref name="areWhole"/> says.</summary>
    internal async Task<IReadOnlyList<JsonElement>> NewSessionsAsync(int count, Predicate<IReadOnlyList<JsonElement>> areWhole, CancellationToken cancellationToken)
    {
        var found = await Eventually.GetAsync(
            async () => (await CurrentListAsync(cancellationToken)).Where(session => !_seen.Contains(Key(session)) && session.Text("status") != "running").ToList(),
            sessions => sessions.Count >= count && areWhole(sessions),
            FoldLimit,
            $"{count} new sessions",
            cancellationToken);
        _seen.UnionWith(found.Select(Key));
        return found;
    }

    /// <summary>Keeps a session out of what is new.</summary>
    internal void Leave(JsonElement session) => _seen.Add(Key(session));

    /// <summary>The one new session with its turns.</summary>
    internal async Task<JsonElement> NewSessionAsync(CancellationToken cancellationToken) =>
        await ReadAsync(Key(Assert.Single(await NewSessionsAsync(1, cancellationToken))), cancellationToken);

    /// <summary>
    /// The one new session with its turns, once it is as <paramref name="isWhole"/> says. goose gives up on an export after
    /// seconds and leaves; the server still stores what it got, so that on a busy machine it may come after goose has gone.
    /// </summary>
    internal async Task<JsonElement> NewSessionAsync(Predicate<JsonElement> isWhole, CancellationToken cancellationToken)
    {
        var key = Key(Assert.Single(await NewSessionsAsync(1, cancellationToken)));
        return await Eventually.GetAsync(() => ReadAsync(key, cancellationToken), isWhole, FoldLimit, "The whole session", cancellationToken);
    }

    /// <summary>One session with its turns.</summary>
    internal Task<JsonElement> ReadAsync(string key, CancellationToken cancellationToken) =>
        Gander.GetAsync($"/api/sessions/{Uri.EscapeDataString(key)}", cancellationToken);

    // Empty as long as something is not folded.
    private async Task<IReadOnlyList<JsonElement>> CurrentListAsync(CancellationToken cancellationToken)
    {
        var answer = await Gander.GetAsync("/api/sessions?limit=200", cancellationToken);
        return answer.GetProperty("current").GetBoolean() ? [.. answer.GetProperty("sessions").EnumerateArray()] : [];
    }

    internal async Task<IReadOnlyList<JsonElement>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await Gander.GetAsync("/api/sessions?limit=200", cancellationToken)).GetProperty("sessions").EnumerateArray()];

    internal static string Key(JsonElement session) => session.GetProperty("key").GetString()!;
}
