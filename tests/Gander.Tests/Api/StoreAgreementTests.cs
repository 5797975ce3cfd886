using Gander.Storage.DuckDb;
using Gander.Telemetry;
using Gander.Tests.Stores;

namespace Gander.Tests.Api;

/// <summary>The same telemetry behind the embedded store and behind the plain one gives the same answers, but for the order of attributes.</summary>
public sealed class StoreAgreementTests
{
    private static readonly string[] Questions =
    [
        "/api/traces",
        "/api/traces?service=goose&status=error",
        "/api/traces?name=chat&minDuration=400&maxDuration=1500ms",
        "/api/traces?model=gpt-4o&attr=gen_ai.usage.input_tokens>=50&field=!parent",
        "/api/traces?attr=ratio<0.5&attr=!flag",
        "/api/traces?attr=flag=true&resource=host.name~LAP",
        "/api/traces?attr=note~\"ünï\"&field=name!=reply",
        "/api/traces?session=s1&start=2026-03-10T12:05:00Z&end=2026-03-11T00:01:00Z",
        "/api/traces?attr=host.name=laptop",
        "/api/logs",
        "/api/logs?include=resource&detail=full",
        "/api/logs?minSeverity=warn&text=FAILED",
        "/api/logs?session=s2&attr=number>10",
        "/api/logs?field=!trace&service=codex",
        "/api/logs?name=codex.tool&field=severity!=9",
        "/api/overview?start=2026-03-09T00:00:00Z&end=2026-03-12T00:00:00Z",
    ];

    [Fact]
    public async Task Every_question_has_the_same_answer()
    {
        var folder = Path.Combine(Path.GetTempPath(), "gander-api-tests", Guid.NewGuid().ToString("N"));
        var embedded = await DuckDbStore.OpenAsync(new DuckDbStoreOptions { Folder = folder }, TimeProvider.System, null, TestContext.Current.CancellationToken);
        await using var plain = await ApiServer.StartAsync();
        await using (var server = await ApiServer.StartAsync(embedded))
        {
            await WriteAsync(plain, server);

            foreach (var question in Questions)
            {
                Assert.Equal(await AnswerAsync(plain, question), await AnswerAsync(server, question));
            }
        }

        await embedded.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<IReadOnlyList<string>> AnswerAsync(ApiServer server, string question)
    {
        if (question.StartsWith("/api/overview", StringComparison.Ordinal))
        {
            return [(await server.GetAsync(question)).GetRawText()];
        }

        var list = question.StartsWith("/api/logs", StringComparison.Ordinal) ? "logs" : "traces";
        var separator = question.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return [.. (await server.AllPagesAsync($"{question}{separator}limit=97", list)).Select(Canonical.Text)];
    }

    // Two days, many records an instant, and everything that a filter can look at.
    private static async Task WriteAsync(params ApiServer[] servers)
    {
        var random = new Random(20_260_310);
        for (var export = 0; export < 5; export++)
        {
            var spans = Enumerable.Range(0, 100).Select(_ => Span(random)).ToList();
            var logs = Enumerable.Range(0, 100).Select(_ => Log(random)).ToList();
            foreach (var server in servers)
            {
                await server.Store.Spans.WriteAsync([Some.SpanBatch(spans)], TestContext.Current.CancellationToken);
                await server.Store.Logs.WriteAsync([Some.LogBatch(logs)], TestContext.Current.CancellationToken);
            }
        }
    }

    private static SpanRecord Span(Random random)
    {
        var attributes = new List<(string, object)> { ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", random.Next(2) == 0 ? "gpt-4o" : "gpt-5"), ("gen_ai.usage.input_tokens", random.Next(100)), ("ratio", random.NextDouble()) };
        if (random.Next(2) == 0)
        {
            attributes.AddRange([("flag", random.Next(2) == 0), ("note", "ÜNÏ ünï"), ("gen_ai.response.model", "m")]);
        }

        return Some.Span(
            random.Next(3) switch { 0 => "reply", 1 => "chat", _ => "stream_response_from_provider" },
            At(random),
            random.Next(2_000) * 1_000_000L,
            (ulong)random.Next(1, 150),
            parent: random.Next(4) == 0 ? default : new SpanId(3),
            session: random.Next(2) == 0 ? $"s{random.Next(3)}" : null,
            resource: ResourceOf(random),
            attributes: [.. attributes]) with
        { StatusCode = (byte)random.Next(3), StatusMessage = random.Next(5) == 0 ? "no luck" : "" };
    }

    private static LogRecord Log(Random random) => Some.Log(
        random.Next(3) == 0 ? "Tool call failed" : new string('ü', random.Next(300)),
        At(random),
        (byte)random.Next(25),
        trace: random.Next(2) == 0 ? (ulong)random.Next(1, 150) : null,
        session: random.Next(3) == 0 ? $"s{random.Next(3)}" : null,
        eventName: random.Next(2) == 0 ? "codex.tool" : "",
        resource: ResourceOf(random),
        attributes: [("number", random.Next(30)), ("id", random.NextInt64())]);

    private static Resource ResourceOf(Random random) => random.Next(2) == 0 ? Some.GooseResource : Some.Resource("codex", ("host.name", "laptop"));

    private static string At(Random random) => random.Next(4) == 0 ? $"2026-03-11T00:0{random.Next(3)}:00Z" : $"2026-03-10T12:{random.Next(10):00}:{random.Next(60):00}Z";
}
