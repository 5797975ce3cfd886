using System.ComponentModel.DataAnnotations;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>How Prometheus' remote write is received.</summary>
public sealed class RemoteWriteOptions
{
    /// <summary>Bytes of a request body as sent; more are refused with 413.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxBodyBytes { get; set; } = 33_554_432;

    /// <summary>Bytes of a body after unpacking; a body that announces more is refused unread.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxUnpackedBytes { get; set; } = 67_108_864;

    /// <summary>Labels of one series or exemplar; a series with more is refused.</summary>
    [Range(1, 1_024)]
    public int MaxLabels { get; set; } = 128;

    /// <summary>Metric families whose type, unit and help are remembered until samples of them come; what goes beyond is dropped.</summary>
    [Range(0, 1_000_000)]
    public int MaxRememberedMetadata { get; set; } = 20_000;

    /// <summary>Seconds after which a sender that was refused for lack of room should try again.</summary>
    [Range(1, 3_600)]
    public int RetryAfterSeconds { get; set; } = 1;
}
