using Gander.Prometheus.Parameters;

namespace Gander.Prometheus.Catalogue;

/// <summary>The range of the calls that list series and labels; open where it is not given.</summary>
internal static class SeriesRange
{
    /// <summary>The first and last time, Unix milliseconds.</summary>
    /// <exception cref="PrometheusException">One is no time.</exception>
    public static (long FirstMillis, long LastMillis) Of(RequestParameters parameters) =>
        (parameters.Time("start", PrometheusTime.FirstMillis), parameters.Time("end", PrometheusTime.LastMillis));
}
