using System.Runtime.InteropServices;
using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>Joins the points of a row's origins and writes its samples. Keeps its memory; not thread-safe.</summary>
/// <param name="firstMillis">The first time asked for.</param>
/// <param name="lastMillis">The last time asked for.</param>
internal sealed class RowJoiner(long firstMillis, long lastMillis)
{
    private readonly SampleWriter _writer = new(firstMillis, lastMillis);
    private readonly List<PointEvent> _events = [];
    private ReadOnlyMemory<long> _times;
    private ReadOnlyMemory<long> _starts;
    private ReadOnlyMemory<double> _values;
    private RowMode _mode;
    private long _staleMillis;
    private long _readFromNanos;
    private bool _areEvents;

    /// <summary>Begins a row.</summary>
    /// <param name="mode">What is done with its points.</param>
    /// <param name="staleMillis">When silence means the end; 0 for never.</param>
    /// <param name="readFromNanos">Since when points were read.</param>
    public void Begin(RowMode mode, long staleMillis, long readFromNanos)
    {
        (_mode, _staleMillis, _readFromNanos) = (mode, staleMillis, readFromNanos);
        _areEvents = mode is RowMode.AddUp or RowMode.AddUpLevel;
        (_times, _starts, _values) = (default, default, default);
        _events.Clear();
    }

    /// <summary>Adds all points of one origin, in order of time; the memory must stay as it is until the row is finished.</summary>
    public void Add(int origin, SampleFlow flow, ReadOnlyMemory<long> times, ReadOnlyMemory<long> starts, ReadOnlyMemory<double> values)
    {
        if (times.IsEmpty)
        {
            return;
        }

        if (!_areEvents && _times.IsEmpty)
        {
            (_times, _starts, _values) = (times, starts, values);
            return;
        }

        if (!_areEvents)
        {
            // A second origin: from here on points are put in order one by one.
            _areEvents = true;
            AddEvents(-1, false, _times.Span, _starts.Span, _values.Span);
        }

        AddEvents(origin, flow is SampleFlow.Delta or SampleFlow.LevelDelta, times.Span, starts.Span, values.Span);
    }

    /// <summary>Writes the samples; false, with nothing written, when points from before the time read are needed for it.</summary>
    public bool TryFinish(Samples samples)
    {
        if (_areEvents)
        {
            _events.Sort();
        }

        if (_mode is RowMode.AddUp or RowMode.AddUpLevel)
        {
            _writer.Begin(samples, _staleMillis);
            CounterFlow.AddUp(CollectionsMarshal.AsSpan(_events), _mode == RowMode.AddUp, _writer);
            _writer.End();
            return true;
        }

        if (_areEvents)
        {
            _times = _events.Select(point => point.TimeNanos).ToArray();
            _starts = _events.Select(point => point.StartNanos).ToArray();
            _values = _events.Select(point => point.Value).ToArray();
        }

        if (_mode == RowMode.Follow)
        {
            return TryFollow(samples);
        }

        Copy(samples, _times.Length);
        return true;
    }

    private void AddEvents(int origin, bool isDelta, ReadOnlySpan<long> times, ReadOnlySpan<long> starts, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < times.Length; i++)
        {
            _events.Add(new PointEvent(times[i], starts[i], origin, isDelta, values[i]));
        }
    }

    private bool TryFollow(Samples samples)
    {
        var times = _times.Span;
        var starts = _starts.Span;
        if (CounterFlow.NeedsEarlierPoints(times, starts, _readFromNanos, firstMillis))
        {
            return false;
        }

        // One stream that began before: its points stand as they are, and those after the time asked for say nothing.
        if (starts.IsEmpty || (starts[0] < _readFromNanos && !starts.ContainsAnyExcept(starts[0]) && FlowRules.Millis(times[0]) >= firstMillis))
        {
            var inside = times.Length;
            while (inside > 0 && FlowRules.Millis(times[inside - 1]) > lastMillis)
            {
                inside--;
            }

            Copy(samples, inside);
            return true;
        }

        _writer.Begin(samples, _staleMillis);
        CounterFlow.Follow(times, starts, _values.Span, _readFromNanos, _writer);
        _writer.End();
        return true;
    }

    private void Copy(Samples samples, int count)
    {
        var times = _times.Span[..count];
        var values = _values.Span[..count];
        if (SampleWriter.TryCopy(times, values, lastMillis, _staleMillis, samples))
        {
            return;
        }

        _writer.Begin(samples, _staleMillis);
        for (var i = 0; i < count; i++)
        {
            _writer.Add(FlowRules.Millis(times[i]), values[i]);
        }

        _writer.End();
    }
}
