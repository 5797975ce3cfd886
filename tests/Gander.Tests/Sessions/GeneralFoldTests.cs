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

    [Theory]
    [InlineData("gen_ai.operation.name=chat gen_ai.system=openai gen_ai.request.model=m gen_ai.usage.prompt_tokens=7 gen_ai.usage.completion_tokens=3")]
    [InlineData("gen_ai.operation.name=chat gen_ai.provider.name=openai gen_ai.system=old gen_ai.request.model=m gen_ai.usage.input_tokens=7 gen_ai.usage.output_tokens=3 gen_ai.usage.cache_creation.input_tokens=2")]
    [InlineData("gen_ai.operation.name=chat gen_ai.provider.name=openai gen_ai.response.model=m gen_ai.usage.input_tokens=7 gen_ai.usage.output_tokens=3 gen_ai.usage.cache_write.input_tokens=2 gen_ai.usage.reasoning.output_tokens=1")]
    [InlineData("openinference.span.kind=LLM llm.provider=openai llm.model_name=m llm.token_count.prompt=7 llm.token_count.completion=3 llm.token_count.prompt_details.cache_read=2")]
    [InlineData("llm.request.type=chat gen_ai.system=openai gen_ai.request.model=m gen_ai.usage.prompt_tokens=7 gen_ai.usage.completion_tokens=3 llm.usage.total_tokens=10")]
    public void Model_calls_are_read_in_every_vocabulary(string attributes)
    {
        var pairs = attributes.Split(' ').Select(pair => pair.Split('=')).Select(pair => (pair[0], (object)pair[1])).Append(("session.id", "c-1"));

        var summary = Assert.Single(Folding.All([Some.SpanBatch(Span("call", Some.SpanId(), default, [.. pairs]))])).Summary;

        Assert.Equal((1, 7L, 3L), (summary.ModelCalls, summary.Tokens.Input, summary.Tokens.Output));
        Assert.Equal(("m", "openai"), (Assert.Single(summary.Models), Assert.Single(summary.Providers)));
    }

    [Theory]
    [InlineData("gen_ai.operation.name=execute_tool gen_ai.tool.name=grep", "gen_ai.operation.name=invoke_agent")]
    [InlineData("openinference.span.kind=TOOL tool.name=grep", "openinference.span.kind=AGENT")]
    [InlineData("traceloop.span.kind=tool traceloop.entity.name=grep", "traceloop.span.kind=workflow")]
    public void Turns_and_tools_are_read_in_every_vocabulary(string tool, string turn)
    {
        var root = Some.SpanId();

        var summary = Assert.Single(Folding.All([Some.SpanBatch(
            Span("turn", root, default, [Pair(turn), ("session.id", "c-1")]),
            Span("tool", Some.SpanId(), root, [.. tool.Split(' ').Select(Pair)]))])).Summary;

        Assert.Equal((1, new ToolUse("grep", 1, 0)), (summary.TurnCount, Assert.Single(summary.Tools)));

        static (string, object) Pair(string text) => (text.Split('=')[0], text.Split('=')[1]);
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
