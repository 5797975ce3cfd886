namespace Gander.Query.Shared;

/// <summary>What went wrong with a query, as far as a caller must tell cases apart.</summary>
public enum QueryErrorKind
{
    /// <summary>The query or a parameter is wrong; the person who wrote it can mend it.</summary>
    BadQuery,

    /// <summary>The query is well-formed and failed while it ran, for example on data that do not match.</summary>
    Execution,

    /// <summary>A limit on samples or memory was hit.</summary>
    LimitExceeded,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>The client went away.</summary>
    Cancelled,
}
