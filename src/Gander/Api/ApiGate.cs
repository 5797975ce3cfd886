using System.Globalization;
using Gander.Stores;
using Microsoft.Extensions.Options;

namespace Gander.Api;

/// <summary>What every request to the API passes: a bound on how many run at a time, a deadline, and one shape for errors. Thread-safe.</summary>
internal sealed partial class ApiGate(IOptions<ApiOptions> options, TimeProvider time, ILogger<ApiGate> logger) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrentQueries);

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="answer">Answers it.</param>
    /// <param name="ends">Whether the answer counts against the bound and has the deadline; a live one has bounds of its own.</param>
    public async Task PassAsync(HttpContext context, Func<ApiRequest, Task> answer, bool ends)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!ends)
        {
            await AnswerAsync(context, answer, context.RequestAborted);
            return;
        }

        // A place is free soon or not at all: whoever waits longer than a moment would wait behind slow queries.
        if (!await _places.WaitAsync(TimeSpan.FromMilliseconds(250), context.RequestAborted))
        {
            context.Response.Headers.RetryAfter = "1";
            await ErrorJson.AnswerAsync(context, new ApiException(
                StatusCodes.Status503ServiceUnavailable, "busy", "Too many queries run at the moment; try again in a second"));
            return;
        }

        try
        {
            using var deadline = new CancellationTokenSource(options.Value.QueryTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
            await AnswerAsync(context, answer, both.Token);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task AnswerAsync(HttpContext context, Func<ApiRequest, Task> answer, CancellationToken cancellationToken)
    {
        try
        {
            var nowNanos = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            await answer(new ApiRequest(context, nowNanos, cancellationToken));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be told.
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // The store has a deadline of its own, which may be the shorter one.
            Log.TimedOut(logger, context.Request.Path, options.Value.QueryTimeout);
            await FailAsync(context, new ApiException(
                StatusCodes.Status503ServiceUnavailable,
                "timeout",
                string.Create(CultureInfo.InvariantCulture, $"The query took longer than {options.Value.QueryTimeout.TotalSeconds:0.###} s and was given up; ask for a shorter time range, add a filter by service, session or name, or lower the limit")));
        }
        catch (ApiException e)
        {
            await FailAsync(context, e);
        }
        catch (StoreUnavailableException e)
        {
            await FailAsync(context, new ApiException(StatusCodes.Status503ServiceUnavailable, "store_unavailable", e.Message));
        }
        catch (Exception e)
        {
            Log.Failed(logger, context.Request.Path, e);
            await FailAsync(context, new ApiException(
                StatusCodes.Status500InternalServerError, "internal", "The server made a mistake while answering; its log tells more"));
        }
    }

    private static async Task FailAsync(HttpContext context, ApiException error)
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
            await ErrorJson.AnswerAsync(context, error);
        }
        catch (OperationCanceledException)
        {
            // The client left while it was told.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Gave up a query of {Path} after {Timeout}")]
        public static partial void TimedOut(ILogger logger, PathString path, TimeSpan timeout);

        [LoggerMessage(LogLevel.Error, "Could not answer {Path}")]
        public static partial void Failed(ILogger logger, PathString path, Exception exception);
    }
}
