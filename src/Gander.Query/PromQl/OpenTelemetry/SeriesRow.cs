using Gander.Query.PromQl.Series;

namespace Gander.Query.PromQl.OpenTelemetry;

/// <summary>A series as PromQL sees it. Origins are only ever added, under the lock of the table; readers may be anywhere.</summary>
internal sealed class SeriesRow(Labels labels, SeriesOrigin origin)
{
    private volatile Further? _more;

    /// <summary>The labels.</summary>
    public Labels Labels { get; } = labels;

    /// <summary>Where most series have all their samples from.</summary>
    public SeriesOrigin First { get; } = origin;

    /// <summary>Further origins: other stored series that differ in nothing PromQL sees.</summary>
    public ReadOnlySpan<SeriesOrigin> More => _more is { } more ? more.Origins.AsSpan(0, more.Count) : [];

    /// <summary>Adds an origin; one that is there already changes nothing.</summary>
    public void Add(in SeriesOrigin origin)
    {
        if (origin == First || More.Contains(origin))
        {
            return;
        }

        var (origins, count) = _more is { } more ? (more.Origins, more.Count) : (new SeriesOrigin[1], 0);
        if (count == origins.Length)
        {
            Array.Resize(ref origins, count * 2);
        }

        origins[count] = origin;
        _more = new Further(origins, count + 1);
    }

    private sealed record Further(SeriesOrigin[] Origins, int Count);
}
