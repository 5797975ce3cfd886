using System.Text.Json;
using Gander.Sessions;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Sessions;
using Gander.Tests.Stores;

namespace Gander.Tests.Api;

/// <summary>Captured runs as the API shows them, from the bodies that an agent sent to the JSON that a caller gets.</summary>
[Trait("Category", "Conformance")]
public sealed class CapturedRunsTests(ConformanceReport report)
{
    // A scenario is recorded by making an empty file of its name and running with GANDER_UPDATE_GOLDEN=1.
    private static string Golden(FixtureScenario scenario) =>
        Path.Combine(SharedData.RepositoryRoot, "tests", "golden", "api", $"{scenario.Agent}.{scenario.Name}.json");

    [Fact]
    public Task Lists_sessions_traces_and_logs_of_a_run_belong_together() => CheckAsync(async (server, scenario) =>
    {
        var listed = await server.AllPagesAsync("/api/sessions?limit=1", "sessions");
        var spans = await SpansAsync(server);

        foreach (var summary in listed)
        {
            var session = await server.GetAsync($"/api/sessions/{summary.GetProperty("key").GetString()}");
            var turns = session.GetProperty("turns");
            Assert.Equal(Canonical.Text(summary), Canonical.Text(Without(session, "turns")));
            Assert.Equal(summary.GetProperty("turnCount").GetInt32(), turns.GetArrayLength());
            var steps = turns.EnumerateArray().SelectMany(turn => turn.GetProperty("steps").EnumerateArray()).ToList();
            Assert.All(
                steps.Where(step => step.GetProperty("spanId").ValueKind == JsonValueKind.String),
                step => Assert.Contains((step.GetProperty("traceId").GetString()!, step.GetProperty("spanId").GetString()!), spans));
        }

        await server.GetAsync("/api/overview?start=now-1d&end=now%2B1d");
        Assert.Equal(Captured.Batches(scenario).OfType<LogBatch>().Sum(batch => batch.Count), (await server.AllPagesAsync("/api/logs?limit=100&detail=full", "logs")).Count);
        Assert.Equal(Captured.Batches(scenario).OfType<SpanBatch>().Sum(batch => batch.Count), spans.Count);
    });

    [Fact]
    public Task Sessions_look_as_recorded() => CheckAsync(async (server, scenario) =>
    {
        var keys = (await server.AllPagesAsync("/api/sessions", "sessions")).Select(session => session.GetProperty("key").GetString());
        var sessions = new List<JsonElement>();
        foreach (var key in keys)
        {
            sessions.Add(await server.GetAsync($"/api/sessions/{key}"));
        }

        var text = JsonSerializer.Serialize(sessions, new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
        if (Environment.GetEnvironmentVariable("GANDER_UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(Golden(scenario), text);
        }

        Assert.Equal(await File.ReadAllTextAsync(Golden(scenario)), text);
    }, scenario => File.Exists(Golden(scenario)));

    private async Task CheckAsync(Func<ApiServer, FixtureScenario, Task> check, Func<FixtureScenario, bool>? applies = null)
    {
        var cases = report.Folder("goose");
        foreach (var scenario in SharedData.Scenarios("goose").Where(applies ?? (_ => true)))
        {
            await cases.CheckAsync(scenario.Name, async () =>
            {
                var store = new InMemoryStore();
                await using var index = new SessionIndex(store.Spans, store.Logs, store.Metrics, store.Sessions, new ManualTime("2026-11-23T12:00Z"), new SessionIndexOptions());
                await using var server = await ApiServer.StartAsync(store, sessions: new Gander.Hosting.StoredSessions(index, TimeProvider.System));
                foreach (var batch in Captured.Batches(scenario))
                {
                    await DeliverAsync(store, index, batch);
                }

                await index.FlushAsync(TestContext.Current.CancellationToken);
                await check(server, scenario);
            });
        }

        cases.AssertAllPassed();
    }

    private static async Task DeliverAsync(InMemoryStore store, SessionIndex index, TelemetryBatch batch)
    {
        switch (batch)
        {
            case SpanBatch spans:
                index.Observe(spans, (await store.Spans.WriteAsync([spans], TestContext.Current.CancellationToken)).Sequence);
                break;
            case LogBatch logs:
                index.Observe(logs, (await store.Logs.WriteAsync([logs], TestContext.Current.CancellationToken)).Sequence);
                break;
        }
    }

    private static async Task<HashSet<(string Trace, string Span)>> SpansAsync(ApiServer server)
    {
        var spans = new HashSet<(string, string)>();
        foreach (var hit in await server.AllPagesAsync("/api/traces", "traces"))
        {
            var id = hit.GetProperty("traceId").GetString()!;
            var trace = await server.GetAsync($"/api/traces/{id}");
            var found = trace.GetProperty("resourceSpans").EnumerateArray()
                .SelectMany(resource => resource.GetProperty("scopeSpans").EnumerateArray())
                .SelectMany(scope => scope.GetProperty("spans").EnumerateArray()).ToList();
            Assert.Equal(hit.GetProperty("spanCount").GetInt32(), found.Count);
            spans.UnionWith(found.Select(span => (id, span.GetProperty("spanId").GetString()!)));
        }

        return spans;
    }

    private static JsonElement Without(JsonElement value, string name) => JsonSerializer.SerializeToElement(
        value.EnumerateObject().Where(member => member.Name != name).ToDictionary(member => member.Name, member => member.Value));
}
