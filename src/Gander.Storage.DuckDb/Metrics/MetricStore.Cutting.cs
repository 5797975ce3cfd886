namespace Gander.Storage.DuckDb.Metrics;

/// <content>Moves points from memory into the files of the days, and deletes what is too old. One of these runs at a time.</content>
internal sealed partial class MetricStore
{
    /// <summary>Cuts all points in memory into the day's file. Does nothing when there are none.</summary>
    public async Task CutAsync(CancellationToken cancellationToken)
    {
        await _cutGate.WaitAsync(cancellationToken);
        try
        {
            await CutInsideGateAsync();
        }
        finally
        {
            _cutGate.Release();
        }
    }

    /// <summary>Deletes days whose points are all too old, and the oldest while there is too much; forgets series that have no points left.</summary>
    public async Task SweepAsync(long nowNanos, CancellationToken cancellationToken)
    {
        if (_options.IsReadOnly)
        {
            return;
        }

        await _cutGate.WaitAsync(cancellationToken);
        try
        {
            if (await _writer.RunAsync(_ => IsCutDue(), cancellationToken))
            {
                await CutInsideGateAsync();
            }

            var cutoff = nowNanos - (_options.KeepFor.Ticks * 100);
            await _cutter.RunAsync(
                _ =>
                {
                    _files.Sweep(cutoff, _options.MaxBytes, cancellationToken);
                    return true;
                },
                cancellationToken);
            var isSmaller = await _writer.RunAsync(_ => ForgetSeries(cutoff), cancellationToken);
            if (isSmaller)
            {
                await RewriteRegistryAsync();
            }
        }
        finally
        {
            _cutGate.Release();
        }
    }

    private bool IsCutDue() => _unfinished is not null
        ? NowNanos >= Volatile.Read(ref _cutRetryNanos)
        : _head.PointCount > 0
            && (_head.PointCount >= _options.MaxHeadPoints
                || _log.TotalBytes >= _options.MaxLogBytes
                || NowNanos - _headSinceNanos >= _options.CutInterval.Ticks * 100);

    private void StartCutIfDue()
    {
        if (_backgroundCut.IsCompleted && IsCutDue())
        {
            Volatile.Write(ref _backgroundCut, CutInBackgroundAsync());
        }
    }

    private async Task CutInBackgroundAsync()
    {
        try
        {
            await CutAsync(_closing.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The points stay in memory and in the log, and the problem is in the status; a later write tries again.
        }
    }

    private async Task CutInsideGateAsync()
    {
        var cut = await _writer.RunAsync(_ => BeginCut(), CancellationToken.None);
        if (cut is null)
        {
            return;
        }

        var day = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        try
        {
            await _cutter.RunAsync(
                connection =>
                {
                    _registryFile.Append(cut.NewSeries, cut.ChangedSeries, cut.NewMetrics);
                    if (_files.LastCut < cut.Segment)
                    {
                        _files.Write(connection, day, cut.Segment, cut.Series);
                    }

                    return true;
                },
                CancellationToken.None);
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _cutRetryNanos, NowNanos + CutRetryNanos);
            Volatile.Write(ref _cutProblem, $"Points in memory could not be moved to disk: {exception.Message}");
            throw;
        }

        await _writer.RunAsync(_ => EndCut(cut), CancellationToken.None);
        Volatile.Write(ref _cutProblem, null);
        if (day != _registryDay)
        {
            await RewriteRegistryAsync();
            _registryDay = day;
        }
    }

    private MetricCut? BeginCut()
    {
        if (_unfinished is null && _head.PointCount > 0 && !_options.IsReadOnly)
        {
            var segment = _log.Segment;
            _log.Rotate(Header());
            _headSinceNanos = long.MaxValue;
            _unfinished = new MetricCut(
                segment,
                _head.BeginCut(),
                [.. _registry.Entries.Where(entry => !entry.IsPersisted)],
                [.. _registry.Entries.Where(entry => entry.IsPersisted && entry.HasNewTraits)],
                [.. _registry.Metrics.Where(metric => !metric.IsPersisted)]);
            foreach (var entry in _unfinished.NewSeries.Concat(_unfinished.ChangedSeries))
            {
                // From here on the cut carries them: what points show while it runs is for the next one.
                entry.HasNewTraits = false;
            }
        }

        return _unfinished;
    }

    private bool EndCut(MetricCut cut)
    {
        foreach (var entry in cut.NewSeries)
        {
            entry.IsPersisted = true;
        }

        foreach (var metric in cut.NewMetrics)
        {
            metric.IsPersisted = true;
        }

        _head.EndCut(cut.Series);
        _log.DeleteUpTo(cut.Segment);
        _unfinished = null;
        return true;
    }

    private bool ForgetSeries(long cutoffNanos)
    {
        var oldest = _files.All.Count == 0 ? long.MinValue : _files.All.Min(file => file.MinTime);
        var gone = _registry.Entries.Where(entry =>
            !entry.IsActive && entry.IsPersisted && (entry.LastNanos < Math.Max(cutoffNanos, oldest) || entry.ArrivedNanos < cutoffNanos - ClockTolerance)).ToList();
        if (gone.Count > 0)
        {
            _registry.Remove(gone);
        }

        return gone.Count > 0;
    }

    private async Task RewriteRegistryAsync()
    {
        var (entries, metrics, nextId) = await _writer.RunAsync(
            _ => (_registry.Entries.Where(entry => entry.IsPersisted).ToList(), _registry.Metrics.ToList(), _registry.NextId), CancellationToken.None);
        await _cutter.RunAsync(
            _ =>
            {
                _registryFile.Rewrite(entries, metrics, nextId, _files.LastCut);
                return true;
            },
            CancellationToken.None);
    }
}
