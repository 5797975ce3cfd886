using Gander.Query.PromQl.Series;
using Gander.Query.Shared;

namespace Gander.Query.PromQl.Sessions;

/// <summary>Series made of sessions, with all that they count in memory.</summary>
/// <param name="series">The series.</param>
/// <param name="measurements">How much they count.</param>
/// <param name="firstMillis">The first instant that was selected.</param>
/// <param name="lastMillis">The last instant.</param>
/// <param name="endMillis">The last instant of which anything is known.</param>
internal sealed class SessionSeriesSet(IReadOnlyList<SessionSeries> series, long measurements, long firstMillis, long lastMillis, long endMillis) : ISeriesSet, IGrowthSet
{
    /// <summary>The distance between samples.</summary>
    public const long StepMillis = 60_000;

    private const long DayMillis = 86_400_000;

    /// <inheritdoc cref="ISeriesSet.Series"/>
    public IReadOnlyList<Labels> Series { get; } = [.. series.Select(one => one.Labels)];

    /// <summary>The metric of each series.</summary>
    public IEnumerable<SessionMetric> Metrics => series.Select(one => one.Metric);

    /// <inheritdoc/>
    public long Measurements => measurements;

    /// <summary>The midnight (UTC) from which the samples at an instant are added up; one at midnight ends the day.</summary>
    public static long Midnight(long millis) => Floor(millis - 1, DayMillis);

    /// <inheritdoc/>
    public int Read(int index, GrowthWindows windows, Span<double> growth)
    {
        var one = series[index];
        var times = one.Events.Times;
        var amounts = one.Events.Amounts;
        var (entering, leaving, sum) = (0, 0, 0L);
        for (var window = 0; window < windows.Count; window++)
        {
            var end = windows.End(window);
            var start = end - windows.LengthMillis;
            if (start >= endMillis)
            {
                return window;
            }

            // What happened at an instant counts right after it: a window takes its first instant and leaves its last to the next one.
            for (; entering < times.Length && times[entering] < end; entering++)
            {
                sum += one.Of(amounts[entering]);
            }

            for (; leaving < entering && times[leaving] < start; leaving++)
            {
                sum -= one.Of(amounts[leaving]);
            }

            growth[window] = one.Value(sum);
        }

        return windows.Count;
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(int first, ReadOnlyMemory<Samples> buffers, long maxSamples, CancellationToken cancellationToken)
    {
        var last = Math.Min(lastMillis, endMillis);
        var count = last < firstMillis ? 0 : ((last - firstMillis) / StepMillis) + 1 + ((last - firstMillis) / DayMillis) + 1;
        if (count * buffers.Length > maxSamples)
        {
            throw new QueryException(QueryErrorKind.LimitExceeded, $"the series have more than {maxSamples} samples");
        }

        for (var i = 0; i < buffers.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var samples = buffers.Span[i];
            samples.Clear();
            if (series[first + i].Metric.Type == "gauge")
            {
                SampleGauge(series[first + i], last, samples);
            }
            else
            {
                SampleCounter(series[first + i], last, samples);
            }
        }

        return ValueTask.CompletedTask;
    }

    private void SampleGauge(SessionSeries one, long last, Samples samples)
    {
        var times = one.Events.Times;
        var amounts = one.Events.Amounts;
        var (next, sum) = (0, 0L);
        for (var time = -Floor(-firstMillis, StepMillis); time <= last; time += StepMillis)
        {
            for (; next < times.Length && times[next] < time; next++)
            {
                sum += amounts[next];
            }

            samples.Add(time, one.Value(sum));
        }
    }

    // Added up from midnight, as other counters without an origin are; the 0 after it makes the reset visible.
    private void SampleCounter(SessionSeries one, long last, Samples samples)
    {
        var times = one.Events.Times;
        var amounts = one.Events.Amounts;
        var (next, sum, midnight) = (0, 0L, Midnight(firstMillis));
        while (next < times.Length && times[next] < midnight)
        {
            next++;
        }

        for (var time = -Floor(-firstMillis, StepMillis); time <= last; time += StepMillis)
        {
            if (Midnight(time) != midnight)
            {
                midnight = Midnight(time);
                sum = 0;
                if (midnight >= firstMillis)
                {
                    samples.Add(midnight + 1, 0);
                }
            }

            for (; next < times.Length && times[next] < time; next++)
            {
                sum += one.Of(amounts[next]);
            }

            samples.Add(time, one.Value(sum));
        }
    }

    private static long Floor(long millis, long unit)
    {
        var rest = millis % unit;
        return millis - (rest < 0 ? rest + unit : rest);
    }
}
