using Gander.Stores;

namespace Gander.Storage.DuckDb.Metrics.Series;

/// <summary>One metric and what its series have in common.</summary>
internal sealed class MetricInfo(MetricMetadata metadata)
{
    /// <summary>A number made of the name, the same in every process; other names may share it.</summary>
    public int Key { get; } = KeyOf(metadata.Name);

    /// <summary>What the metric is.</summary>
    public MetricMetadata Metadata { get; set; } = metadata;

    /// <summary>The hash of the description as it was sent, to notice another one without making a string.</summary>
    public ulong DescriptionHash { get; set; }

    /// <summary>Series with points in memory.</summary>
    public int ActiveSeries { get; set; }

    /// <summary>Whether the registry file has the description.</summary>
    public bool IsPersisted { get; set; }

    /// <summary>Why the metric's last new series was refused, and when that was found out.</summary>
    public (string Reason, long AtNanos) LastRefusal { get; set; }

    // FNV-1a over UTF-16.
    private static int KeyOf(string name)
    {
        var hash = 2_166_136_261u;
        foreach (var unit in name)
        {
            hash = (hash ^ unit) * 16_777_619;
        }

        return (int)hash;
    }
}
