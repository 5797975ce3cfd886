using System.Diagnostics;
using Gander.Api;
using Gander.Otlp;

namespace Gander.Hosting;

/// <summary>
/// Answers a request that is refused before it reaches its endpoint, in the form its kind of client reads: OTLP's own on the OTLP
/// listeners, the API's error JSON on the one for pages.
/// </summary>
internal static class Refusal
{
    /// <summary>Writes the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="listener">Where it came in.</param>
    /// <param name="status">401, 403, 421 or 429. OTLP knows of refused senders only 401 and 403: any other status would make it try again.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public static Task WriteAsync(HttpContext context, Listener listener, int status, string message) => listener switch
    {
        _ when context.GetEndpoint()?.Metadata.GetMetadata<IngestEndpoint>() is not null => WriteTextAsync(context, status, message),
        Listener.Pages => ErrorJson.AnswerAsync(context, new ApiException(status, Code(status), message)),
        _ => OtlpErrors.RefuseAsync(
            context,
            status is StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests ? RefusalKind.Unauthenticated : RefusalKind.Forbidden,
            message),
    };

    private static Task WriteTextAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }

    private static string Code(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad_request",
        StatusCodes.Status401Unauthorized => "unauthenticated",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status421MisdirectedRequest => "unknown_host",
        StatusCodes.Status429TooManyRequests => "too_many_attempts",
        _ => throw new UnreachableException($"no error code for {status}"),
    };
}
