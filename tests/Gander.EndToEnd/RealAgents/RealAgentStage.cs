using System.Text.Json;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.RealAgents;

/// <summary>A running Gander for real agents, in a place from which nothing can leave. Skips the tests of a class where the network is on.</summary>
public sealed class RealAgentStage : OptionalStage
{
    // Agents export what is left when they end; folding takes a moment.
    private static readonly TimeSpan FoldLimit = TimeSpan.FromSeconds(15);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly TempFolder _folder = new();
    private GanderProcess? _gander;

    internal GanderProcess Gander => Present(_gander);

    protected override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        Prerequisite.NoNetwork();
        _gander = await GanderProcess.StartAsync(_folder.Combine("data"), cancellationToken);
    }

    protected override async ValueTask CleanAsync()
    {
        await (_gander?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    /// <summary>From here on the sessions that are there are not new, also those of a test that failed before it read them.</summary>
    internal async Task ForgetEarlierAsync(CancellationToken cancellationToken)
    {
        var answer = await Gander.GetAsync("/api/sessions?limit=200", cancellationToken);
        _seen.UnionWith(answer.Items("sessions").Select(session => session.Text("key")!));
    }

    /// <summary>The one session of this key, once all of <paramref name="requests"/> that were answered are in it or the time is over.</summary>
    internal async Task<JsonElement> ReadAsync(string key, IReadOnlyList<ModelRequest> requests, CancellationToken cancellationToken)
    {
        var answered = requests.Count(request => request.IsAnswered);
        _seen.Add(key);
        return await Eventually.GetAsync(
            () => Gander.GetAsync($"/api/sessions/{Uri.EscapeDataString(key)}", cancellationToken),
            session => session.Number("modelCalls") - session.Number("modelErrors") >= answered,
            FoldLimit,
            $"A session with {answered} answers",
            cancellationToken);
    }

    /// <summary>The key of the one session that no earlier call returned, once everything that arrived is folded.</summary>
    internal async Task<string> NewKeyAsync(CancellationToken cancellationToken)
    {
        var found = await Eventually.GetAsync(
            async () =>
            {
                var answer = await Gander.GetAsync("/api/sessions?limit=200", cancellationToken);
                return answer.GetProperty("current").GetBoolean() ? [.. answer.Items("sessions").Select(session => session.Text("key")!).Where(key => !_seen.Contains(key))] : Array.Empty<string>();
            },
            keys => keys.Length > 0,
            FoldLimit,
            "A new session",
            cancellationToken);
        return Assert.Single(found);
    }

    /// <summary>That nothing else has become a session.</summary>
    internal async Task AssertNoOtherAsync(CancellationToken cancellationToken)
    {
        var answer = await Gander.GetAsync("/api/sessions?limit=200", cancellationToken);
        Assert.All(answer.Items("sessions"), session => Assert.Contains(session.Text("key")!, _seen));
    }
}
