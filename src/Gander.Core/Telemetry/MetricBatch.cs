namespace Gander.Telemetry;

/// <summary>
/// Data points in columns (opentelemetry/proto/metrics/v1/metrics.proto). <see cref="TelemetryBatch.Count"/> counts points;
/// distributions and exemplars are columns of their own that points refer to.
/// </summary>
public sealed class MetricBatch : TelemetryBatch
{
    /// <inheritdoc/>
    public override Signal Signal => Signal.Metrics;

    /// <summary>The metrics the points belong to.</summary>
    public Column<MetricDescriptor> Metrics { get; } = new();

    /// <summary>The points.</summary>
    public Column<PointRow> Points { get; } = new();

    /// <summary>Distributions of histogram points.</summary>
    public Column<HistogramRow> Histograms { get; } = new();

    /// <summary>Distributions of exponential histogram points.</summary>
    public Column<ExponentialHistogramRow> ExponentialHistograms { get; } = new();

    /// <summary>Distributions of summary points.</summary>
    public Column<SummaryRow> Summaries { get; } = new();

    /// <summary>Exemplars of all points.</summary>
    public Column<Exemplar> Exemplars { get; } = new();

    /// <summary>Bucket counts of all distributions.</summary>
    public Column<ulong> Counts { get; } = new();

    /// <summary>Bounds, quantiles and quantile values of all distributions.</summary>
    public Column<double> Doubles { get; } = new();

    /// <summary>Adds one point. What it refers to must have been added before.</summary>
    public void Add(in PointRow point)
    {
        Points.Add(point);
        Count++;
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        Metrics.Clear();
        Points.Clear();
        Histograms.Clear();
        ExponentialHistograms.Clear();
        Summaries.Clear();
        Exemplars.Clear();
        Counts.Clear();
        Doubles.Clear();
    }
}
