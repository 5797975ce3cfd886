namespace Gander.Prometheus;

/// <summary>What went wrong, as Prometheus' clients tell cases apart (its HTTP API, "Format overview").</summary>
internal enum ErrorType
{
    /// <summary>A parameter or the query is wrong.</summary>
    BadData,

    /// <summary>The query failed while it ran, or hit a limit.</summary>
    Execution,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>The client left or the server stops.</summary>
    Canceled,

    /// <summary>There is no such path.</summary>
    NotFound,

    /// <summary>The method does not fit the path.</summary>
    MethodNotAllowed,

    /// <summary>The server cannot answer at the moment.</summary>
    Unavailable,

    /// <summary>A mistake of the server.</summary>
    Internal,
}
