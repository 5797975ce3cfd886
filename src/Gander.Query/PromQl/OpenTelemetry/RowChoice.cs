using Gander.Stores;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Says which rows may have samples in a time, and how they are to be read. Made for one selection.</summary>
internal sealed class RowChoice(IMetricStore store, SeriesTable table, long firstMillis, long lastMillis)
{
    private int[] _ids = new int[16];
    private SeriesActivity[] _activity = new SeriesActivity[16];

    /// <summary>The row as it is to be read, or null when it has no samples in the time.</summary>
    public SelectedRow? Choose(int number)
    {
        var row = table.Index.Rows[number];
        if (row.First.Part == SeriesPart.Target)
        {
            return ChooseTarget(row, number);
        }

        var more = row.More;
        return more.IsEmpty ? ChooseSingle(row, number) : ChooseJoined(row, number, [row.First, .. more]);
    }

    /// <summary>Whether the row may have samples in the time.</summary>
    public bool IsActive(int number)
    {
        var row = table.Index.Rows[number];
        if (row.First.Part == SeriesPart.Target)
        {
            return ChooseTarget(row, number) is not null;
        }

        Ask([row.First]);
        if (IsInside(_activity[0], row.First.Flow))
        {
            return true;
        }

        foreach (var origin in row.More)
        {
            Ask([origin]);
            if (IsInside(_activity[0], origin.Flow))
            {
                return true;
            }
        }

        return false;
    }

    private SelectedRow? ChooseSingle(SeriesRow row, int number)
    {
        var origin = row.First;
        Ask([origin]);
        return IsInside(_activity[0], origin.Flow)
            ? new SelectedRow(row, number, ModeOf([origin], _activity[0].HasParallelStreams), [origin], null)
            : null;
    }

    private SelectedRow? ChooseJoined(SeriesRow row, int number, SeriesOrigin[] origins)
    {
        Ask(origins);
        var kept = new List<SeriesOrigin>(origins.Length);
        var isParallel = false;
        var reach = long.MinValue;
        foreach (var (origin, activity) in InOrder(origins))
        {
            isParallel |= activity.HasParallelStreams || activity.FirstNanos <= reach;
            reach = Math.Max(reach, activity.LastNanos);
            if (IsInside(activity, origin.Flow))
            {
                kept.Add(origin);
            }
        }

        if (kept.Count == 0)
        {
            return null;
        }

        // Deltas and parallel streams are added up whatever part of them the time holds, so that values do not depend on it.
        var mode = ModeOf(origins, isParallel);
        if (mode == RowMode.AddUp)
        {
            var since = FlowRules.Nanos(FlowRules.DayOf(firstMillis) - FlowRules.MaxUnheardMillis);
            kept = [.. InOrder(origins).Where(entry => entry.Activity.LastNanos >= since).Select(entry => entry.Origin)];
        }
        else if (mode == RowMode.AddUpLevel)
        {
            kept = [.. origins];
        }

        return new SelectedRow(row, number, mode, [.. kept.Where(origin => origin.Part == kept[0].Part)], null);
    }

    private static RowMode ModeOf(ReadOnlySpan<SeriesOrigin> origins, bool isParallel)
    {
        var mode = RowMode.Finished;
        foreach (var origin in origins)
        {
            var own = origin.Flow switch
            {
                SampleFlow.Finished => RowMode.Finished,
                SampleFlow.Level => RowMode.Level,
                SampleFlow.Cumulative => isParallel && origin.Part != SeriesPart.Quantile ? RowMode.AddUp : RowMode.Follow,
                SampleFlow.Delta => RowMode.AddUp,
                _ => RowMode.AddUpLevel,
            };
            own = origin.Part == SeriesPart.Quantile ? RowMode.Level : own;
            mode = own > mode ? own : mode;
        }

        return mode;
    }

    private (SeriesOrigin Origin, SeriesActivity Activity)[] InOrder(ReadOnlySpan<SeriesOrigin> origins)
    {
        var pairs = new (SeriesOrigin Origin, SeriesActivity Activity)[origins.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (origins[i], _activity[i]);
        }

        if (pairs.Length > 1)
        {
            Array.Sort(pairs, (left, right) => left.Activity.FirstNanos.CompareTo(right.Activity.FirstNanos));
        }

        return pairs;
    }

    private bool IsInside(in SeriesActivity activity, SampleFlow flow)
    {
        var lead = flow is SampleFlow.Finished or SampleFlow.Level ? 0 : FlowRules.MaxLeadMillis;
        return activity.FirstNanos <= activity.LastNanos
            && FlowRules.Millis(activity.FirstNanos) - lead <= lastMillis
            && FlowRules.Millis(activity.LastNanos) >= firstMillis;
    }

    private void Ask(ReadOnlySpan<SeriesOrigin> origins)
    {
        Reserve(origins.Length);
        for (var i = 0; i < origins.Length; i++)
        {
            _ids[i] = origins[i].SeriesId;
        }

        store.ReadActivity(_ids.AsSpan(0, origins.Length), _activity.AsSpan(0, origins.Length));
    }

    private SelectedRow? ChooseTarget(SeriesRow row, int number)
    {
        var spans = new List<(long First, long Last)>();
        foreach (var origin in (SeriesOrigin[])[row.First, .. row.More])
        {
            var series = table.SeriesOfTarget(origin.SeriesId);
            Reserve(series.Count);
            for (var i = 0; i < series.Count; i++)
            {
                _ids[i] = series[i];
            }

            store.ReadActivity(_ids.AsSpan(0, series.Count), _activity.AsSpan(0, series.Count));
            foreach (var activity in _activity.AsSpan(0, series.Count))
            {
                if (IsInside(activity, SampleFlow.Level))
                {
                    spans.Add((FlowRules.Millis(activity.FirstNanos), FlowRules.Millis(activity.LastNanos)));
                }
            }
        }

        return spans.Count == 0 ? null : new SelectedRow(row, number, RowMode.Target, [row.First], Joined(spans));
    }

    private static List<(long First, long Last)> Joined(List<(long First, long Last)> spans)
    {
        spans.Sort();
        var joined = new List<(long First, long Last)>();
        foreach (var span in spans)
        {
            if (joined.Count > 0 && span.First <= joined[^1].Last)
            {
                joined[^1] = (joined[^1].First, Math.Max(joined[^1].Last, span.Last));
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }

    private void Reserve(int count)
    {
        if (_ids.Length < count)
        {
            _ids = new int[count * 2];
            _activity = new SeriesActivity[count * 2];
        }
    }
}
