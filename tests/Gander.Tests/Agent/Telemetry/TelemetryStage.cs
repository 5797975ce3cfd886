using Gander.Agent.Loop;
using Gander.Agent.Providers;
using Gander.Agent.Telemetry;
using Gander.Tests.Stores;
using Microsoft.Extensions.AI;

namespace Gander.Tests.Agent.Telemetry;

/// <summary>Runs a small session against a receiver and shows what arrived.</summary>
internal sealed class TelemetryStage : IAsyncDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("gander-telemetry-");

    private TelemetryStage(OtlpSink sink) => Sink = sink;

    public OtlpSink Sink { get; }

    public Dictionary<string, string> Environment { get; } = [];

    public string? ConfiguredEndpoint { get; set; }

    public string? ConfiguredTimeout { get; set; }

    public StringWriter Warnings { get; } = new();

    public StringWriter Output { get; } = new();

    public string StateFolder => _state.FullName;

    public string[] KeptFiles => Directory.Exists(Path.Combine(StateFolder, "telemetry")) ? Directory.GetFiles(Path.Combine(StateFolder, "telemetry")) : [];

    public IReadOnlyList<SpanRecord> Spans => [.. Sink.Received.Where(export => export.IsTraces).SelectMany(export => export.Spans)];

    public IReadOnlyList<LogRecord> Logs => [.. Sink.Received.Where(export => export.IsLogs).SelectMany(export => export.Logs)];

    public IReadOnlyList<ReceivedPoint> Points => [.. Sink.Received.Where(export => export.IsMetrics).SelectMany(export => export.Points)];

    /// <summary>A stage whose variables name the receiver's HTTP address.</summary>
    public static async Task<TelemetryStage> StartAsync(params (string Name, string Value)[] environment)
    {
        var stage = new TelemetryStage(await OtlpSink.StartAsync());
        stage.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = stage.Sink.Http;

        // A slow machine must not make two requests of what a test counts as one.
        stage.Environment["OTEL_BLRP_SCHEDULE_DELAY"] = "60000";
        stage.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "60000";
        foreach (var (name, value) in environment)
        {
            stage.Environment[name] = value;
        }

        return stage;
    }

    public AgentTelemetry Create() => AgentTelemetry.Create(new TelemetrySettings
    {
        Environment = Environment,
        ConfiguredEndpoint = ConfiguredEndpoint,
        ConfiguredTimeout = ConfiguredTimeout,
        Version = "1.2.3",
        StateFolder = StateFolder,
        Warnings = Warnings,
        Output = Output,
    });

    /// <summary>A session of one turn: a model call that asks for a tool, the tool, a model call that answers.</summary>
    public async Task RunAsync(string prompt = "list the files", ToolResult? result = null)
    {
        await using var telemetry = Create();
        using var session = telemetry.StartSession(new SessionStart("20261123_1", "run", IsInteractive: false, "run"));
        session.ModelChosen("gpt-4o");
        Turn(session, prompt, result);
        session.Complete(failed: false, messageCount: 4);
    }

    public static void Turn(SessionScope session, string prompt = "list the files", ToolResult? result = null)
    {
        using var reply = session.StartReply(prompt);
        using var stream = reply.StartStream(new ModelTarget("openai", "gpt-4o", 4_096));
        using (var call = stream.StartModelCall())
        {
            call.SetInput([new ChatMessage(ChatRole.User, prompt)]);
            call.FirstChunk();
            call.SetOutput([new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call_1", "shell", new Dictionary<string, object?> { ["command"] = "ls" })])], "tool_call");
            call.Succeed("gpt-4o-2024-08-06", "chatcmpl-1", "tool_calls", new ModelUsage(100, 20, CacheReadTokens: 60, ReasoningTokens: 5));
        }

        using (var tool = stream.StartTool("shell", "call_1", new Dictionary<string, object?> { ["command"] = "ls" }))
        {
            tool.Complete(result ?? new ToolResult("a.txt"));
        }

        using (var call = stream.StartModelCall())
        {
            call.FirstChunk();
            call.Succeed("gpt-4o-2024-08-06", "chatcmpl-2", "stop", new ModelUsage(150, 30, CacheWriteTokens: 40));
        }

        reply.SetAnswer("There is one file.");
    }

    public async ValueTask DisposeAsync()
    {
        await Sink.DisposeAsync();
        _state.Delete(recursive: true);
    }
}
