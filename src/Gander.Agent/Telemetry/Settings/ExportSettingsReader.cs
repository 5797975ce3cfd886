using System.Globalization;

namespace Gander.Agent.Telemetry.Settings;

/// <summary>
/// Reads the settings of the OpenTelemetry specification (OTLP exporter, SDK configuration). What cannot be understood is told in a
/// warning, once, and the rest holds: a mistake in a setting costs that setting, never all telemetry and never the agent's work.
/// </summary>
internal sealed class ExportSettingsReader(TelemetrySettings settings)
{
    private const string ContentVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);
    private readonly HashSet<string> _warned = [];

    public ExportSettings Read()
    {
        var isDisabled = IsTrue("OTEL_SDK_DISABLED");
        var traces = ReadSignal(Signal.Traces, isDisabled);
        return new ExportSettings
        {
            Traces = traces,
            Metrics = ReadSignal(Signal.Metrics, isDisabled),
            Logs = ReadSignal(Signal.Logs, isDisabled),
            Sampler = isDisabled ? TraceSampler.Default : ReadSampler(),
            Temporality = isDisabled ? MetricTemporality.Cumulative : ReadTemporality(),
            CapturesContent = traces.IsOn && CapturesContent(traces),
            Resource = isDisabled ? [] : ReadResource(),
            SpanInterval = Milliseconds("OTEL_BSP_SCHEDULE_DELAY", 5_000),
            LogInterval = Milliseconds("OTEL_BLRP_SCHEDULE_DELAY", 1_000),
            MetricInterval = Milliseconds("OTEL_METRIC_EXPORT_INTERVAL", 60_000),
            ShutdownTimeout = Milliseconds("OTEL_SHUTDOWN_TIMEOUT_MS", 1_000),
        };
    }

    private string? Variable(string name) => settings.Environment.GetValueOrDefault(name) is { } value && value.Trim() is { Length: > 0 } text ? text : null;

    private bool IsTrue(string name) => string.Equals(Variable(name), "true", StringComparison.OrdinalIgnoreCase);

    // A variable of one signal goes before the one of all.
    private (string Name, string Value)? OtlpVariable(Signal signal, string suffix)
    {
        foreach (var name in (string[])[$"OTEL_EXPORTER_OTLP_{Upper(signal)}_{suffix}", $"OTEL_EXPORTER_OTLP_{suffix}"])
        {
            if (Variable(name) is { } value)
            {
                return (name, value);
            }
        }

        return null;
    }

    private SignalSettings ReadSignal(Signal signal, bool isDisabled)
    {
        if (isDisabled)
        {
            return new SignalSettings(signal, null, OtlpProtocol.HttpProtobuf, [], DefaultTimeout, false, false);
        }

        var (toOtlp, toConsole) = ReadExporters(signal);
        var protocol = ReadProtocol(signal);
        var endpoint = toOtlp is false ? null : ReadEndpoint(signal, protocol, toOtlp is true);
        return new SignalSettings(
            signal,
            endpoint,
            protocol,
            endpoint is null ? [] : ReadHeaders(signal),
            ReadTimeout(signal),
            endpoint is not null && ReadCompression(signal),
            toConsole);
    }

    // Null: OTLP, should there be an endpoint.
    private (bool? ToOtlp, bool ToConsole) ReadExporters(Signal signal)
    {
        var name = $"OTEL_{Upper(signal)}_EXPORTER";
        if (Variable(name) is not { } list)
        {
            return (null, false);
        }

        var (toOtlp, toConsole) = (false, false);
        foreach (var exporter in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (exporter.ToLowerInvariant())
            {
                case "otlp":
                    toOtlp = true;
                    break;
                case "console" or "stdout":
                    toConsole = true;
                    break;
                case "none":
                    break;
                default:
                    Warn($"{name}={exporter} is no exporter the agent has (otlp, console, none), so {Lower(signal)} are not sent");
                    break;
            }
        }

        return (toOtlp, toConsole);
    }

    private OtlpProtocol ReadProtocol(Signal signal)
    {
        if (OtlpVariable(signal, "PROTOCOL") is not var (name, value))
        {
            return OtlpProtocol.HttpProtobuf;
        }

        switch (value.ToLowerInvariant())
        {
            case "http/protobuf":
                return OtlpProtocol.HttpProtobuf;
            case "http/json":
                return OtlpProtocol.HttpJson;
            case "grpc":
                return OtlpProtocol.Grpc;
            default:
                Warn($"{name}={value} is no protocol of OTLP (grpc, http/protobuf, http/json); http/protobuf is used");
                return OtlpProtocol.HttpProtobuf;
        }
    }

    private Uri? ReadEndpoint(Signal signal, OtlpProtocol protocol, bool isAskedFor)
    {
        var ownName = $"OTEL_EXPORTER_OTLP_{Upper(signal)}_ENDPOINT";
        if (Variable(ownName) is { } own)
        {
            return ToUri(ownName, own, protocol, signal);
        }

        var (name, text) = Variable("OTEL_EXPORTER_OTLP_ENDPOINT") is { } common
            ? ("OTEL_EXPORTER_OTLP_ENDPOINT", common)
            : settings.ConfiguredEndpoint?.Trim() is { Length: > 0 } configured
                ? ("otel_exporter_otlp_endpoint", configured)
                : ("", isAskedFor ? (protocol == OtlpProtocol.Grpc ? "http://localhost:4317" : "http://localhost:4318") : "");
        if (text.Length == 0 || ToUri(name, text, protocol, signal) is not { } uri)
        {
            return null;
        }

        if (protocol == OtlpProtocol.Grpc)
        {
            return uri;
        }

        // "Non-signal-specific: a base URL" (OTLP exporter specification): relative to it, whether or not it ends with a slash.
        var path = uri.AbsolutePath.TrimEnd('/') + "/v1/" + Lower(signal);
        return new UriBuilder(uri) { Path = path }.Uri;
    }

    private Uri? ToUri(string name, string text, OtlpProtocol protocol, Signal signal)
    {
        if (!text.Contains("://", StringComparison.Ordinal) && protocol == OtlpProtocol.Grpc)
        {
            var isPlain = Variable("OTEL_EXPORTER_OTLP_INSECURE") is { } insecure
                ? string.Equals(insecure, "true", StringComparison.OrdinalIgnoreCase)
                : Uri.TryCreate("http://" + text, UriKind.Absolute, out var bare) && bare.IsLoopback;
            text = (isPlain ? "http://" : "https://") + text;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0)
        {
            return uri;
        }

        Warn($"{name} is no URL such as https://collector.example.org:4318, so {Lower(signal)} are not sent");
        return null;
    }

    private List<KeyValuePair<string, string>> ReadHeaders(Signal signal)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in (string[])["OTEL_EXPORTER_OTLP_HEADERS", $"OTEL_EXPORTER_OTLP_{Upper(signal)}_HEADERS"])
        {
            if (Variable(name) is { } text)
            {
                foreach (var (key, value) in KeyValueList.Read(text, entry => WarnOfHeader(name, entry)))
                {
                    headers[key] = value;
                }
            }
        }

        return [.. headers];
    }

    // The value may be a secret, so that it is never shown.
    private void WarnOfHeader(string variable, string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        var key = colon > 0 ? entry[..colon].Trim() : "";
        if (key.Length is > 0 and <= 64 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            var scheme = entry[(colon + 1)..].Trim().Split(' ') is [var first, _, ..] && first.Length <= 10 ? first + " <token>" : "<value>";
            Warn($"{variable} has \"{key}: …\" with a colon, as in HTTP, so the header is not sent; write {variable}=\"{key}={scheme}\"");
            return;
        }

        Warn($"{variable} has an entry that is not key=value, which is not sent; write {variable}=\"Authorization=Basic <token>\", and %2C for a comma within a value");
    }

    private TimeSpan ReadTimeout(Signal signal)
    {
        if (OtlpVariable(signal, "TIMEOUT") is var (name, text))
        {
            if (!TryNumber(text, out var milliseconds))
            {
                Warn($"{name}={text} is no number of milliseconds; 10000 is used");
                return DefaultTimeout;
            }

            if (milliseconds < 100)
            {
                Warn(string.Create(CultureInfo.InvariantCulture, $"{name}={text} means {milliseconds} milliseconds, too short for most collectors; write {milliseconds * 1000} for {milliseconds} seconds"));
            }

            return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (settings.ConfiguredTimeout?.Trim() is not { Length: > 0 } configured)
        {
            return DefaultTimeout;
        }

        if (!TryNumber(configured, out var number))
        {
            Warn($"otel_exporter_otlp_timeout: {configured} is no number; 10 seconds are used");
            return DefaultTimeout;
        }

        return number < 1_000 ? TimeSpan.FromSeconds(number) : TimeSpan.FromMilliseconds(number);
    }

    private bool ReadCompression(Signal signal)
    {
        if (OtlpVariable(signal, "COMPRESSION") is not var (name, value) || value is "none")
        {
            return false;
        }

        if (value.Equals("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        Warn($"{name}={value} is no compression the agent has (gzip, none); nothing is compressed");
        return false;
    }

    private TraceSampler ReadSampler()
    {
        if (Variable("OTEL_TRACES_SAMPLER") is not { } name)
        {
            return TraceSampler.Default;
        }

        var ratio = 1.0;
        if (name.EndsWith("traceidratio", StringComparison.OrdinalIgnoreCase) && Variable("OTEL_TRACES_SAMPLER_ARG") is { } argument)
        {
            if (!double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out ratio) || !(ratio is >= 0 and <= 1))
            {
                Warn($"OTEL_TRACES_SAMPLER_ARG={argument} is no ratio between 0 and 1; every trace is kept");
                ratio = 1;
            }
        }

        var sampler = TraceSampler.Named(name.ToLowerInvariant(), ratio);
        if (sampler is null)
        {
            Warn($"OTEL_TRACES_SAMPLER={name} is no sampler the agent has (always_on, always_off, traceidratio and parentbased_…); every trace is kept");
        }

        return sampler ?? TraceSampler.Default;
    }

    private MetricTemporality ReadTemporality()
    {
        const string Name = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";
        switch (Variable(Name)?.ToLowerInvariant())
        {
            case null or "cumulative":
                return MetricTemporality.Cumulative;
            case "delta" or "lowmemory":
                return MetricTemporality.Delta;
            case var other:
                Warn($"{Name}={other} is none of cumulative, delta and lowmemory; cumulative is used");
                return MetricTemporality.Cumulative;
        }
    }

    private List<KeyValuePair<string, string>> ReadResource()
    {
        List<KeyValuePair<string, string>> attributes = [];
        if (Variable("OTEL_RESOURCE_ATTRIBUTES") is { } text)
        {
            attributes = KeyValueList.Read(text, entry => Warn($"OTEL_RESOURCE_ATTRIBUTES has \"{entry}\", which is not key=value and is left out"));
        }

        if (Variable("OTEL_SERVICE_NAME") is { } service)
        {
            attributes.RemoveAll(attribute => attribute.Key == "service.name");
            attributes.Add(new("service.name", service));
        }

        return attributes;
    }

    private bool CapturesContent(SignalSettings traces) => Variable(ContentVariable) switch
    {
        null => traces is { Endpoint.IsLoopback: true, WritesToConsole: false },
        var value => value.Equals("true", StringComparison.OrdinalIgnoreCase),
    };

    private TimeSpan Milliseconds(string name, double otherwise)
    {
        if (Variable(name) is not { } text)
        {
            return TimeSpan.FromMilliseconds(otherwise);
        }

        if (!TryNumber(text, out var milliseconds))
        {
            Warn(string.Create(CultureInfo.InvariantCulture, $"{name}={text} is no number of milliseconds; {otherwise} is used"));
            milliseconds = otherwise;
        }

        return TimeSpan.FromMilliseconds(milliseconds);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number is > 0 and <= 86_400_000;

    private void Warn(string message)
    {
        if (_warned.Add(message))
        {
            settings.Warnings.WriteLine("gander: " + message);
        }
    }

    private static string Upper(Signal signal) => signal.ToString().ToUpperInvariant();

    private static string Lower(Signal signal) => signal.ToString().ToLowerInvariant();
}
