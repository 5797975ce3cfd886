namespace Gander.Commands.Agents;

/// <summary>Names of OpenTelemetry's environment variables (specification, "Environment Variable Specification" and "OTLP Exporter").</summary>
internal static class OtelVariables
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    public const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";
    public const string Compression = "OTEL_EXPORTER_OTLP_COMPRESSION";
    public const string Timeout = "OTEL_EXPORTER_OTLP_TIMEOUT";
    public const string Certificate = "OTEL_EXPORTER_OTLP_CERTIFICATE";
    public const string ServiceName = "OTEL_SERVICE_NAME";
    public const string ResourceAttributes = "OTEL_RESOURCE_ATTRIBUTES";
    public const string Disabled = "OTEL_SDK_DISABLED";
    public const string Sampler = "OTEL_TRACES_SAMPLER";
    public const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";
    public const string CaptureContent = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    /// <summary>What OpenTelemetry's SDK for Node finds out about the process by itself; a list, or <c>all</c>.</summary>
    public const string NodeDetectors = "OTEL_NODE_RESOURCE_DETECTORS";

    /// <summary>The signals, as they stand in the names of variables.</summary>
    public static IReadOnlyList<string> Signals { get; } = ["TRACES", "METRICS", "LOGS"];

    /// <summary>The variable of one signal that goes before the one for all, such as <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>.</summary>
    public static string Of(string variable, string signal) => variable.Replace("_OTLP_", $"_OTLP_{signal}_", StringComparison.Ordinal);

    /// <summary>The variable that chooses a signal's exporter, such as <c>OTEL_TRACES_EXPORTER</c>.</summary>
    public static string Exporter(string signal) => $"OTEL_{signal}_EXPORTER";
}
