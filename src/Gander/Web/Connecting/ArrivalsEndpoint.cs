using System.Runtime.CompilerServices;
using Gander.Ingest;

namespace Gander.Web.Connecting;

/// <summary>
/// <c>GET /ui/arrivals</c>: server-sent events with what has arrived, one at once and one whenever it changed, at most one a
/// second. A stream ends after ten minutes or with the server, and the browser asks again.
/// </summary>
internal sealed class ArrivalsEndpoint(EmitterActivity activity, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int MaxStreams = 64;
    private const int MaxShown = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private int _streams;

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/ui/arrivals", (ArrivalsEndpoint arrivals, HttpContext context) => arrivals.Answer(context)).ExcludeFromDescription();

    private IResult Answer(HttpContext context)
    {
        if (Interlocked.Increment(ref _streams) > MaxStreams)
        {
            Interlocked.Decrement(ref _streams);
            context.Response.Headers.RetryAfter = "30";
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        context.Response.OnCompleted(() =>
        {
            Interlocked.Decrement(ref _streams);
            return Task.CompletedTask;
        });
        return TypedResults.ServerSentEvents(ReadAsync(context.RequestAborted), "arrivals");
    }

    private async IAsyncEnumerable<ArrivalView> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Interval, time);
        var until = time.GetUtcNow() + Longest;
        var shown = -1L;
        do
        {
            var (view, version) = View();
            if (version != shown)
            {
                shown = version;
                yield return view;
            }
        }
        while (time.GetUtcNow() < until && await TickAsync(timer, stop.Token));
    }

    private static async ValueTask<bool> TickAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private (ArrivalView View, long Version) View()
    {
        var now = time.GetUtcNow();
        var (emitters, failures) = (activity.Emitters, activity.Failures);
        var view = new ArrivalView(
            [
                .. emitters.Take(MaxShown).Select(emitter => new EmitterView(
                    emitter.Service, emitter.Host, emitter.User, emitter.TraceExports, emitter.MetricExports, emitter.LogExports,
                    emitter.Records, emitter.Rejected, emitter.LastRejection, (now - emitter.LastSeen).TotalMilliseconds)),
            ],
            [.. failures.Take(MaxShown).Select(failure => new FailureView(failure.Remote, failure.Transport, failure.Error, failure.Count, (now - failure.LastSeen).TotalMilliseconds))]);
        return (view, emitters.Sum(emitter => emitter.Exports + emitter.Rejected) + failures.Sum(failure => failure.Count));
    }
}
