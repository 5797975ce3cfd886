using System.Globalization;
using System.Text.Json;
using Gander.Agent.Configuration;
using Gander.Agent.Loop;
using Gander.Agent.Providers;
using Gander.Agent.Telemetry;
using Gander.Tests.Stores;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Providers;

public sealed class ModelProvidersTests
{
    private const string Answer = """{"id":"c1","object":"chat.completion","created":1,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hi."}}],"usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":60},"completion_tokens_details":{"reasoning_tokens":5}}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, """{"error":{"message":"Bad key"}}""", ProviderErrorKind.Auth, "Bad key. Check OPENAI_API_KEY.")]
    [InlineData(403, "", ProviderErrorKind.Auth, "403 Forbidden. Check OPENAI_API_KEY.")]
    [InlineData(404, """{"error":"no such model"}""", ProviderErrorKind.Request, "no such model. Check the model's name and OPENAI_HOST.")]
    [InlineData(408, "", ProviderErrorKind.Network, "408")]
    [InlineData(429, """{"error":{"message":"Slow down."}}""", ProviderErrorKind.RateLimit, "429 Too Many Requests: Slow down.")]
    [InlineData(400, """{"error":{"message":"Too much","code":"context_length_exceeded"}}""", ProviderErrorKind.ContextLength, "Too much.")]
    [InlineData(400, """{"error":{"message":"prompt is too long: 210000 tokens > 200000 maximum"}}""", ProviderErrorKind.ContextLength, "210000")]
    [InlineData(413, "", ProviderErrorKind.ContextLength, "413")]
    [InlineData(400, """{"detail":"no tools here"}""", ProviderErrorKind.Request, "no tools here.")]
    [InlineData(500, "<html>proxy</html>", ProviderErrorKind.Server, "500 Internal Server Error.")]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", ProviderErrorKind.Server, "Overloaded.")]
    public async Task A_refusal_is_classified_and_told_in_the_words_of_the_provider(int status, string body, ProviderErrorKind kind, string said)
    {
        using var model = Connect(new CannedHandler(status, body), ("OPENAI_API_KEY", "sk-secret"));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => model.Client.GetResponseAsync("hi", cancellationToken: Cancel));

        var found = Assert.IsType<ProviderException>(ProviderErrors.From(error, "openai"));
        Assert.Equal((kind, status), (found.Kind, found.Status));
        Assert.Contains(said, found.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", found.ToString(), StringComparison.Ordinal);
        Assert.Equal(kind is ProviderErrorKind.RateLimit or ProviderErrorKind.Server or ProviderErrorKind.Network, found.IsTransient);
    }

    [Theory]
    [InlineData("retry-after", "7", 7.0)]
    [InlineData("retry-after-ms", "250", 0.25)]
    [InlineData("retry-after", "Mon, 02 Mar 2026 12:00:30 GMT", 30.0)]
    public async Task The_wait_a_provider_asks_for_is_read(string name, string value, double seconds)
    {
        using var model = Connect(new CannedHandler(429, "", "text/plain", (name, value)), ("OPENAI_API_KEY", "k"));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => model.Client.GetResponseAsync("hi", cancellationToken: Cancel));

        Assert.Equal(TimeSpan.FromSeconds(seconds), ProviderErrors.From(error, "openai")!.RetryAfter);
    }

    [Fact]
    public async Task An_address_that_nothing_listens_at_is_a_network_error()
    {
        using var model = Connect(handler: null, ("OPENAI_HOST", "http://127.0.0.1:1"));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => model.Client.GetResponseAsync("hi", cancellationToken: Cancel));

        var found = ProviderErrors.From(error, "openai")!;
        Assert.Equal(ProviderErrorKind.Network, found.Kind);
        Assert.Contains("http://127.0.0.1:1 was not reached", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_carry_the_key_the_session_and_the_headers_a_person_wants()
    {
        using var handler = new CannedHandler(200, Answer);
        using var model = Connect(handler, ("OPENAI_API_KEY", "sk-1"), ("OPENAI_HOST", "https://user:word@proxy.example.org/llm/"), ("OPENAI_CUSTOM_HEADERS", "X-Team=blue, X-Cost: low"));
        model.Label("20260302_4");

        var response = await model.Client.GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal("Hi.", response.Text);
        Assert.Equal("/llm/v1/chat/completions", handler.Address!.AbsolutePath);
        Assert.Equal(("Bearer sk-1", "20260302_4", "blue", "low"), (handler.Headers["Authorization"], handler.Headers["agent-session-id"], handler.Headers["X-Team"], handler.Headers["X-Cost"]));
    }

    [Fact]
    public async Task Requests_are_part_of_the_trace_of_the_call_they_are_made_for()
    {
        using var handler = new CannedHandler(200, Answer);
        using var model = Connect(handler, ("OPENAI_API_KEY", "k"));
        await using var telemetry = AgentTelemetry.Create(new TelemetrySettings
        {
            Environment = new Dictionary<string, string> { ["OTEL_TRACES_EXPORTER"] = "console", ["OTEL_METRICS_EXPORTER"] = "none", ["OTEL_LOGS_EXPORTER"] = "none" },
            Version = "1.0.0",
        });
        using var session = telemetry.StartSession(new SessionStart("20260302_1", "run", false, "run"));

        using (var call = session.StartComplete(new ModelTarget("openai", "gpt-4o"), ModelCallPurpose.Title))
        {
            await model.Client.GetResponseAsync("hi", cancellationToken: Cancel);

            Assert.NotNull(call.TraceParent);
            Assert.Equal(call.TraceParent, handler.Headers["traceparent"]);
        }
    }

    [Fact]
    public async Task A_server_without_a_key_gets_none()
    {
        using var handler = new CannedHandler(200, Answer);
        using var model = Connect(handler, ("OPENAI_HOST", "127.0.0.1:8080"));

        await model.Client.GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal("http://127.0.0.1:8080/v1/chat/completions", handler.Address!.AbsoluteUri);
        Assert.DoesNotContain("Authorization", handler.Headers.Keys);
    }

    [Fact]
    public async Task Input_tokens_include_the_cached_ones_and_output_tokens_the_reasoning()
    {
        using var model = Connect(new CannedHandler(200, Answer), ("OPENAI_API_KEY", "k"));

        var response = await model.Client.GetResponseAsync("hi", cancellationToken: Cancel);

        var usage = AnswerParts.Convert(response.Usage);
        Assert.Equal(new ModelUsage(100, 20, 60, 0, 5), usage);
        Assert.Equal(((40 * 2.5m) + (60 * 1.25m) + (20 * 10m)) / 1_000_000, model.Facts.Prices!.Of(usage!.Value));
    }

    [Fact]
    public async Task Anthropic_tells_what_it_cached_and_is_asked_to_cache_the_conversation()
    {
        var events = """
            event: message_start
            data: {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"cache_read_input_tokens":300,"cache_creation_input_tokens":90,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi."}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":20}}

            event: message_stop
            data: {"type":"message_stop"}


            """;
        using var handler = new CannedHandler(200, events, "text/event-stream");
        using var model = Connect(handler, "anthropic", "claude-sonnet-4-5", ("ANTHROPIC_API_KEY", "k"));
        var parts = new AnswerParts();

        await foreach (var update in model.Client.GetStreamingResponseAsync("hi", cancellationToken: Cancel))
        {
            parts.Add(update);
        }

        Assert.Equal(new ModelUsage(400, 20, 300, 90), parts.Usage);
        Assert.Equal("Hi.", Assert.IsType<TextContent>(Assert.Single(parts.Finish())).Text);
        using var sent = JsonDocument.Parse(handler.Body);
        Assert.Equal("ephemeral", sent.RootElement.GetProperty("messages")[0].GetProperty("content")[0].GetProperty("cache_control").GetProperty("type").GetString());
        Assert.Equal(32_000, sent.RootElement.GetProperty("max_tokens").GetInt32());
        Assert.Equal("Bearer k", handler.Headers["Authorization"]);
    }

    [Theory]
    [InlineData(null, "gpt-5-mini", true)]
    [InlineData(null, "gpt-4o", false)]
    [InlineData(null, "o3-pro", true)]
    [InlineData("v1/chat/completions", "gpt-5", false)]
    [InlineData("v1/responses", "gpt-4o", true)]
    public void Models_that_reason_are_asked_over_responses_unless_a_path_decides(string? path, string model, bool responses)
    {
        Assert.Equal(responses, OpenAiProvider.UsesResponses(path, OpenAiFlavour.OpenAi, model));
        Assert.False(OpenAiProvider.UsesResponses(null, OpenAiFlavour.OpenRouter, model));
    }

    [Fact]
    public async Task The_responses_API_is_told_to_remember_nothing()
    {
        using var handler = new CannedHandler(500, "");
        using var model = Connect(handler, "openai", "gpt-5", ("OPENAI_API_KEY", "k"));

        await Assert.ThrowsAnyAsync<Exception>(() => model.Client.GetResponseAsync("hi", cancellationToken: Cancel));

        Assert.Equal("/v1/responses", handler.Address!.AbsolutePath);
        using var sent = JsonDocument.Parse(handler.Body);
        Assert.False(sent.RootElement.GetProperty("store").GetBoolean());
        Assert.Equal("reasoning.encrypted_content", sent.RootElement.GetProperty("include")[0].GetString());
    }

    [Theory]
    [InlineData("openai", "export OPENAI_API_KEY=")]
    [InlineData("anthropic", "export ANTHROPIC_API_KEY=")]
    [InlineData("openrouter", "export OPENROUTER_API_KEY=")]
    [InlineData("acme", "openai, anthropic, ollama, openrouter")]
    public void What_is_missing_is_told_with_the_line_to_write(string provider, string line)
    {
        var mistake = Assert.Throws<AgentConfigurationException>(() => Connect(handler: null, provider, "m"));

        Assert.Contains(line, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpt-4o", 128_000, 2.50)]
    [InlineData("gpt-4o-2024-08-06", 128_000, 2.50)]
    [InlineData("openai/gpt-4o-mini", 128_000, 0.15)]
    [InlineData("anthropic/claude-sonnet-4.5", 200_000, 3.0)]
    [InlineData("claude-opus-4-5-20251101", 200_000, 5.0)]
    [InlineData("gpt-4o-audio-preview", 128_000, null)]
    [InlineData("qwen3", 128_000, null)]
    public void Well_known_models_are_found_under_their_dated_and_prefixed_names(string model, int limit, double? inputPrice)
    {
        var facts = ModelCatalog.Find(model);

        Assert.Equal(limit, facts.ContextLimit);
        Assert.Equal(inputPrice?.ToString(CultureInfo.InvariantCulture), facts.Prices is { } prices ? ((double)prices.Input).ToString(CultureInfo.InvariantCulture) : null);
    }

    [Fact]
    public void Limits_and_prices_can_be_configured()
    {
        using var folder = new TempFolder();
        folder.Write(".config/gander/agent.yaml", "models:\n  qwen3: {contextLimit: 32768, inputPrice: 0.1, outputPrice: 0.2, maxTokens: 4096}\n");
        var environment = new Dictionary<string, string> { ["HOME"] = folder.FullPath, ["OPENAI_HOST"] = "http://127.0.0.1:1" };

        using var model = ModelProviders.Connect(AgentConfiguration.Load(environment), new ModelSelection("openai", "qwen3"));
        using var limited = ModelProviders.Connect(AgentConfiguration.Load(new Dictionary<string, string>(environment) { ["GOOSE_CONTEXT_LIMIT"] = "9000" }), new ModelSelection("openai", "qwen3"));

        Assert.Equal(new ModelFacts(32_768, new ModelPrices(0.1m, 0.2m), 4_096), model.Facts);
        Assert.Equal(9_000, limited.Facts.ContextLimit);
    }

    private static ModelConnection Connect(HttpMessageHandler? handler, params (string Name, string Value)[] environment) => Connect(handler, "openai", "gpt-4o", environment);

    private static ModelConnection Connect(HttpMessageHandler? handler, string provider, string model, params (string Name, string Value)[] environment) =>
        ModelProviders.Connect(
            AgentConfiguration.Load(environment.Append(("HOME", "/nowhere")).ToDictionary(variable => variable.Item1, variable => variable.Item2)),
            new ModelSelection(provider, model),
            handler,
            new ManualTime("2026-03-02T12:00Z"));
}
