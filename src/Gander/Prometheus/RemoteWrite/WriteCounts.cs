using Gander.Otlp;

namespace Gander.Prometheus.RemoteWrite;

/// <summary>What a request held: samples of each kind that were taken into the batch, and why others were not.</summary>
internal sealed class WriteCounts
{
    /// <summary>Float samples taken.</summary>
    public int Samples { get; set; }

    /// <summary>Native histograms taken.</summary>
    public int Histograms { get; set; }

    /// <summary>Exemplars taken.</summary>
    public int Exemplars { get; set; }

    /// <summary>What was refused.</summary>
    public Rejections Rejections { get; } = new();

    /// <summary>Everything seen so far, which is the next one's number.</summary>
    public int Seen => Samples + Histograms + Exemplars + Rejections.Count;
}
