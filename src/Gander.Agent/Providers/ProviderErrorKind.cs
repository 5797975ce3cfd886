namespace Gander.Agent.Providers;

/// <summary>The classes of failure of a model provider, which decide whether a call is made again and what telemetry calls it.</summary>
public enum ProviderErrorKind
{
    /// <summary>The key is missing, wrong or not allowed to do this (401, 403).</summary>
    Auth,

    /// <summary>Too many requests or no quota (429).</summary>
    RateLimit,

    /// <summary>The provider failed (5xx, or an error in the stream).</summary>
    Server,

    /// <summary>The provider was not reached, or the connection broke.</summary>
    Network,

    /// <summary>The conversation is longer than the model takes.</summary>
    ContextLength,

    /// <summary>The provider refuses the request as it is (other 4xx).</summary>
    Request,
}
