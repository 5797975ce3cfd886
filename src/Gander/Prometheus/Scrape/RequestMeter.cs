using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gander.Hosting;

namespace Gander.Prometheus.Scrape;

/// <summary>Measures how long requests to pages and query APIs take, by route. A route is one of ours, never what a client wrote.</summary>
public sealed class RequestMeter : IDisposable
{
    private readonly Histogram<double> _seconds;

    /// <summary>Makes the instrument.</summary>
    public RequestMeter() =>
        _seconds = Meter.CreateHistogram<double>("gander.http.request.duration", "s", "Time to answer requests to pages and query APIs; those to pages count as one route");

    /// <summary>The meter.</summary>
    internal Meter Meter { get; } = new("Gander.Requests");

    /// <summary>Measures the rest of the pipeline.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (ListenerFeature.Of(context) != Listener.Pages || context.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } route })
        {
            await next(context);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            // A live view lasts as long as someone looks at it.
            if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) != true)
            {
                _seconds.Record(
                    Stopwatch.GetElapsedTime(started).TotalSeconds,
                    new KeyValuePair<string, object?>("route", route.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) ? $"/{route.TrimStart('/')}" : "pages"),
                    new KeyValuePair<string, object?>("status", (context.Response.StatusCode / 100) switch { 2 => "2xx", 3 => "3xx", 4 => "4xx", _ => "5xx" }));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
