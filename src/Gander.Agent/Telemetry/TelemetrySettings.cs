namespace Gander.Agent.Telemetry;

/// <summary>
/// What telemetry is made from. All of it is read once, when <see cref="AgentTelemetry.Create"/> is called; nothing is taken
/// from the process behind the caller's back.
/// </summary>
public sealed record TelemetrySettings
{
    /// <summary>The environment variables; those of the OpenTelemetry specification (<c>OTEL_*</c>) have an effect.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The agent's version, for <c>service.version</c>.</summary>
    public required string Version { get; init; }

    /// <summary><c>otel_exporter_otlp_endpoint</c> of the configuration file; the environment wins over it.</summary>
    public string? ConfiguredEndpoint { get; init; }

    /// <summary><c>otel_exporter_otlp_timeout</c> of the configuration file: seconds below 1,000, else milliseconds. The environment wins over it.</summary>
    public string? ConfiguredTimeout { get; init; }

    /// <summary>The agent's state folder: exports that could not be sent wait in <c>telemetry</c> below it. Null keeps nothing.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Where mistakes in the settings and undelivered telemetry are told to the person, a line each.</summary>
    public TextWriter Warnings { get; init; } = TextWriter.Null;

    /// <summary>Where the exporter <c>console</c> writes.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
