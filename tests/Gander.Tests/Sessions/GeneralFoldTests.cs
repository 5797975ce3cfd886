using Gander.Sessions;
using Gander.Sessions.Facts;
using Gander.Telemetry;
using Gander.Tests.Conformance;

namespace Gander.Tests.Sessions;

/// <summary>Agents without a dialect of their own.</summary>
public sealed class GeneralFoldTests
{
    private static readonly Resource Agent = Some.Resource("night-owl", ("user.name", "dev"));

    [Fact]
    public void Steps_follow_the_operation_names_of_the_conventions()
    {
        var (agent, call) = (Some.SpanId(), Some.SpanId());
        var spans = Some.SpanBatch(
            Span("invoke_agent owl", agent, default, ("gen_ai.operation.name", "invoke_agent"), ("gen_ai.conversation.id", "c-1")),
            Span("chat m", call, agent, ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m"), ("gen_ai.usage.input_tokens", "7"), ("gen_ai.usage.output_tokens", 3)),
            Span("chat m", Some.SpanId(), call, ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m"), ("gen_ai.usage.input_tokens", 7)),
            Span("execute_tool grep", Some.SpanId(), agent, ("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.name", "grep"), ("error.type", "denied")),
            Span("fs.read_file", Some.SpanId(), agent));

        var summary = Assert.Single(Folding.All([spans])).Summary;

        Assert.Equal(("night-owl", "c-1", 1), (summary.Agent, summary.Id, summary.TurnCount));
        Assert.Equal((1, 10), (summary.ModelCalls, summary.Tokens.Total));
        Assert.Equal(new ToolUse("grep", 1, 1) { Denials = 1 }, Assert.Single(summary.Tools));
    }

    [Fact]
    public void A_session_of_log_records_alone_is_a_session()
    {
        var session = Assert.Single(Folding.All([Some.LogBatch(Some.Log(session: "c-1", resource: Agent) with { Scope = new InstrumentationScope("owl") })]));

        Assert.Equal((0, "turns"), (session.Turns.Count, Assert.Single(session.Summary.Missing).What));
    }

    [Fact]
    public async Task Every_captured_run_of_every_agent_that_names_sessions_folds_and_can_be_read()
    {
        var folded = 0;
        foreach (var scenario in SharedData.Scenarios())
        {
            var batches = Captured.Batches(scenario).ToList();
            var named = Folding.Facts(batches).Values.Any(facts => facts.Sessions.Count > 0);
            await using var telemetry = new IndexedTelemetry();
            foreach (var batch in batches)
            {
                await telemetry.DeliverAsync(batch);
            }

            var listed = await telemetry.ListAsync();

            Assert.True(listed.Count > 0 || !named, $"{scenario.Agent}/{scenario.Name} names sessions and gives none");
            folded += listed.Count;
            foreach (var summary in listed)
            {
                var session = await telemetry.Index.ReadAsync(summary.Key, TestContext.Current.CancellationToken);
                Assert.Equal(SummaryText.Of(summary), SummaryText.Of(session!.Summary));
            }
        }

        Assert.True(folded > 0);
    }

    [Fact]
    public void Texts_that_repeat_are_one_string_until_the_pool_starts_again()
    {
        var pool = new TextPool(maxTexts: 2, maxBytes: 4);

        Assert.Same(pool.Get("abc"u8), pool.Get("abc"u8));
        Assert.Equal("abcd", pool.Get("abcdé"u8));
        Assert.Equal("abc", pool.Get("abcé"u8));
        Assert.Equal("z", pool.Get("z"u8));
        Assert.True(pool.Count <= 2);
    }

    private static Stores.SpanRecord Span(string name, SpanId id, SpanId parent, params (string Key, object Value)[] attributes) =>
        Some.Span(name, spanId: id, parent: parent, resource: Agent, attributes: attributes) with { Scope = new InstrumentationScope("owl") };
}
