using System.ComponentModel.DataAnnotations;

namespace Gander.Hosting;

/// <summary>How the server as a whole runs; the settings without a section.</summary>
public sealed class ServerOptions : IValidatableObject
{
    /// <summary>The data folder; empty for <c>$XDG_DATA_HOME/gander</c>.</summary>
    public string Data { get; set; } = "";

    /// <summary>Where OTLP over gRPC listens.</summary>
    [Required]
    public ListenAddress OtlpGrpc { get; set; } = ListenAddress.Parse("127.0.0.1:4317");

    /// <summary>Where OTLP over HTTP listens.</summary>
    [Required]
    public ListenAddress OtlpHttp { get; set; } = ListenAddress.Parse("127.0.0.1:4318");

    /// <summary>Where pages and query APIs listen.</summary>
    [Required]
    public ListenAddress Listen { get; set; } = ListenAddress.Parse("127.0.0.1:4319");

    /// <summary>Whether telemetry is refused and only what is stored is shown.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Further names that requests may give in their <c>Host</c> header, without port.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>A PEM file with the certificate and its chain; together with <see cref="CertificateKey"/> it turns on TLS on all listeners.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>A PEM file with the private key of <see cref="Certificate"/>.</summary>
    public string CertificateKey { get; set; } = "";

    /// <summary>Seconds after which an idle connection is closed. goose loses a batch when a connection closes under it within a minute.</summary>
    [Range(60, 3_600)]
    public int KeepAliveSeconds { get; set; } = 150;

    /// <summary>Connections open at a time over all listeners; more are closed at once.</summary>
    [Range(16, 1_000_000)]
    public int MaxConnections { get; set; } = 4_096;

    /// <summary>Seconds a stopping server waits for exports it has begun to take.</summary>
    [Range(1, 600)]
    public int ShutdownSeconds { get; set; } = 25;

    /// <summary>Minutes between two looks for telemetry that is older than its keep time.</summary>
    [Range(1, 1_440)]
    public int SweepMinutes { get; set; } = 10;

    /// <summary>The least severe log lines that are printed.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var host in AllowedHosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            yield return new ValidationResult($"'{host}' is no host name: write it without scheme and port, such as gander.example.org.", [nameof(AllowedHosts)]);
        }

        if (Certificate.Length == 0 != (CertificateKey.Length == 0))
        {
            yield return new ValidationResult("TLS needs both certificate and certificateKey; one of them is not set.", [nameof(CertificateKey)]);
        }
    }
}
