namespace Gander.Otlp;

/// <summary>Why a request was refused as a whole; each has one HTTP status and one gRPC code (<see cref="OtlpErrors"/>).</summary>
public enum RefusalKind
{
    /// <summary>The body cannot be decoded: 400, INVALID_ARGUMENT.</summary>
    BadData,

    /// <summary>The body is over a limit: 413, RESOURCE_EXHAUSTED without RetryInfo.</summary>
    TooLarge,

    /// <summary>The Content-Type or Content-Encoding is none that is known: 415, UNIMPLEMENTED.</summary>
    UnsupportedType,

    /// <summary>Nothing is received under this path or service: 404, UNIMPLEMENTED.</summary>
    NotFound,

    /// <summary>Only POST is allowed: 405, UNIMPLEMENTED.</summary>
    MethodNotAllowed,

    /// <summary>The token is missing or wrong: 401, UNAUTHENTICATED.</summary>
    Unauthenticated,

    /// <summary>The token may not send telemetry: 403, PERMISSION_DENIED.</summary>
    Forbidden,

    /// <summary>Too much is waiting: 429 with Retry-After, UNAVAILABLE with RetryInfo.</summary>
    Overloaded,

    /// <summary>The store takes no writes, or the server is stopping: 503 with Retry-After, UNAVAILABLE with RetryInfo.</summary>
    Unavailable,

    /// <summary>The server failed and a retry would not help: 500, INTERNAL.</summary>
    Failed,
}
