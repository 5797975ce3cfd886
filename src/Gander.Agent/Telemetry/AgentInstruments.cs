using System.Diagnostics.Metrics;

namespace Gander.Agent.Telemetry;

/// <summary>The instruments of one process. Labels are from small sets; whoever reads them still bounds the series of each.</summary>
internal sealed class AgentInstruments : IDisposable
{
    // OpenTelemetry semantic conventions for generative AI clients: the advised bounds, in seconds.
    private static readonly InstrumentAdvice<double> DurationAdvice = new()
    {
        HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    };

    private static readonly InstrumentAdvice<double> FirstChunkAdvice = new()
    {
        HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0],
    };

    private readonly Histogram<double> _modelDuration;
    private readonly Histogram<double> _firstChunk;
    private readonly Histogram<double> _toolDuration;

    public AgentInstruments(string version)
    {
        Meter = new Meter(AgentTelemetry.ScopeName, version);
        Commands = new CounterInstrument(Meter, "goose.cli_commands");
        SessionStarts = new CounterInstrument(Meter, "goose.session_starts");
        SessionCompletions = new CounterInstrument(Meter, "goose.session_completions");
        SessionDuration = new CounterInstrument(Meter, "goose.session_duration_ms");
        SessionTokens = new CounterInstrument(Meter, "goose.session_tokens");
        ToolCalls = new CounterInstrument(Meter, "goose.tool_calls");
        ToolCompletions = new CounterInstrument(Meter, "goose.tool_completions");
        _modelDuration = Meter.CreateHistogram("gen_ai.client.operation.duration", "s", "How long model calls take, retries included.", null, DurationAdvice);
        _firstChunk = Meter.CreateHistogram("gen_ai.client.operation.time_to_first_chunk", "s", "From the request to the first piece of a streamed answer.", null, FirstChunkAdvice);
        _toolDuration = Meter.CreateHistogram("gen_ai.execute_tool.duration", "s", "How long tools run.", null, DurationAdvice);
    }

    public Meter Meter { get; }

    public CounterInstrument Commands { get; }

    public CounterInstrument SessionStarts { get; }

    public CounterInstrument SessionCompletions { get; }

    public CounterInstrument SessionDuration { get; }

    public CounterInstrument SessionTokens { get; }

    public CounterInstrument ToolCalls { get; }

    public CounterInstrument ToolCompletions { get; }

    public void ModelCallEnded(ModelTarget target, string? responseModel, string? errorType, TimeSpan duration, TimeSpan? firstChunk)
    {
        List<KeyValuePair<string, object?>> labels =
        [
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.provider.name", target.Provider),
            new("gen_ai.request.model", target.Model),
        ];
        if (responseModel is not null)
        {
            labels.Add(new("gen_ai.response.model", responseModel));
        }

        if (firstChunk is { } chunk)
        {
            _firstChunk.Record(chunk.TotalSeconds, [.. labels]);
        }

        if (errorType is not null)
        {
            labels.Add(new("error.type", errorType));
        }

        _modelDuration.Record(duration.TotalSeconds, [.. labels]);
    }

    public void ToolEnded(string name, string? errorType, TimeSpan duration)
    {
        KeyValuePair<string, object?> operation = new("gen_ai.operation.name", "execute_tool");
        KeyValuePair<string, object?> tool = new("gen_ai.tool.name", name);
        if (errorType is null)
        {
            _toolDuration.Record(duration.TotalSeconds, operation, tool);
        }
        else
        {
            _toolDuration.Record(duration.TotalSeconds, operation, tool, new("error.type", errorType));
        }
    }

    public void Dispose() => Meter.Dispose();
}
