using Gander.Api;
using Gander.Otlp;

namespace Gander.Hosting;

/// <summary>
/// The last resort when a bug throws: it is logged, and the client still gets an answer it can read. Pages have a page of their
/// own for this.
/// </summary>
internal static partial class UnhandledErrors
{
    private const string PagePath = "/error";

    /// <summary>Catches what nothing else caught.</summary>
    public static void UseUnhandledErrors(this WebApplication application)
    {
        application.UseWhen(IsPage, pages => pages.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = PagePath, CreateScopeForErrors = true }));
        var logger = application.Services.GetRequiredService<ILogger<GanderServer>>();
        application.UseWhen(context => !IsPage(context), others => others.Use(next => context => HandleAsync(context, next, logger)));
    }

    private static bool IsPage(HttpContext context) => ListenerFeature.Of(context) == Listener.Pages && !context.Request.Path.StartsWithSegments("/api");

    private static async Task HandleAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be told.
        }
        catch (BadHttpRequestException) when (!context.Response.HasStarted)
        {
            // The client broke HTTP itself; Kestrel knows the answer.
            throw;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Log.Failed(logger, context.Request.Method, context.Request.Path, e);
            context.Response.Clear();
            await (ListenerFeature.Of(context) == Listener.Pages
                ? ErrorJson.AnswerAsync(context, new ApiException(StatusCodes.Status500InternalServerError, "internal", "The server failed to answer; its log says more"))
                : OtlpErrors.RefuseAsync(context, RefusalKind.Failed, "The server failed to take this export; its log says more."));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A bug kept {Method} {Path} from being answered")]
        public static partial void Failed(ILogger logger, string method, PathString path, Exception exception);
    }
}
