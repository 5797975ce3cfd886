using System.Globalization;
using Gander.Prometheus.Answers;
using Gander.Prometheus.Parameters;
using Gander.Query.Shared;
using Gander.Stores;
using Microsoft.Extensions.Options;

namespace Gander.Prometheus;

/// <summary>
/// What every request to Prometheus' API passes: a bound on how many queries run and wait, a deadline, and one envelope for
/// errors. Thread-safe.
/// </summary>
internal sealed partial class PrometheusGate(IOptions<PrometheusOptions> options, TimeProvider time, ILogger<PrometheusGate> logger) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrentQueries);
    private int _waiting;

    /// <summary>Answers a request.</summary>
    public async Task PassAsync(HttpContext context, PrometheusEndpoint endpoint)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        using var deadline = new CancellationTokenSource(options.Value.QueryTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        try
        {
            var nowMillis = time.GetUtcNow().ToUnixTimeMilliseconds();
            var parameters = await RequestParameters.ReadAsync(context.Request, options.Value.MaxFormBytes, nowMillis, both.Token);
            if (parameters.Duration("timeout") is { } wanted && wanted < options.Value.QueryTimeout.TotalMilliseconds)
            {
                deadline.CancelAfter(TimeSpan.FromMilliseconds(Math.Max(0, wanted)));
            }

            var arrived = time.GetTimestamp();
            var hasPlace = endpoint.IsQuery && await EnterAsync(both.Token);
            try
            {
                await endpoint.AnswerAsync(new PrometheusRequest
                {
                    Context = context, Parameters = parameters, NowMillis = nowMillis, Waited = time.GetElapsedTime(arrived), CancellationToken = both.Token,
                });
            }
            finally
            {
                if (hasPlace)
                {
                    _places.Release();
                }
            }
        }
        catch (Exception e)
        {
            await FailAsync(context, Told(context, e, both.Token));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        if (_places.Wait(0, CancellationToken.None))
        {
            return true;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > options.Value.MaxQueuedQueries)
            {
                throw new PrometheusException(ErrorType.Unavailable, "Too many queries run and wait at the moment; try again in a few seconds");
            }

            await _places.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private PrometheusException Told(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case PrometheusException known:
                return known;
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return new PrometheusException(ErrorType.Canceled, "query was canceled: the client has gone");
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
            case TimeoutException:
                Log.TimedOut(logger, context.Request.Path);
                return new PrometheusException(ErrorType.Timeout, string.Create(
                    CultureInfo.InvariantCulture,
                    $"query timed out: it may take {options.Value.QueryTimeout.TotalSeconds:0.###} s (prometheus.queryTimeout) or what its parameter timeout says; ask for a shorter range, larger steps or fewer series"));
            case QueryException query:
                return PrometheusException.Of(query, "");
            case StoreUnavailableException:
                return new PrometheusException(ErrorType.Unavailable, exception.Message);
            default:
                Log.Failed(logger, context.Request.Path, exception);
                return new PrometheusException(ErrorType.Internal, "The server made a mistake while answering; its log tells more");
        }
    }

    private static async Task FailAsync(HttpContext context, PrometheusException error)
    {
        if (context.Response.HasStarted)
        {
            // Part of an answer is out: a cut connection is the one way left to say that the rest will not come.
            context.Abort();
            return;
        }

        try
        {
            context.Response.Headers.ContentLength = null;
            context.Response.Headers.ContentEncoding = default;
            await Envelope.FailAsync(context, error);
        }
        catch (OperationCanceledException)
        {
            // The client left while it was told.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Gave up a query of {Path}: it took too long")]
        public static partial void TimedOut(ILogger logger, PathString path);

        [LoggerMessage(LogLevel.Error, "Could not answer {Path}")]
        public static partial void Failed(ILogger logger, PathString path, Exception exception);
    }
}
