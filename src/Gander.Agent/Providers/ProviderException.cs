using System.Diagnostics;

namespace Gander.Agent.Providers;

/// <summary>A model provider did not answer. The message is a sentence for the person and holds no secret.</summary>
public sealed class ProviderException : Exception
{
    /// <summary>A failure of <paramref name="kind"/>.</summary>
    public ProviderException(ProviderErrorKind kind, string message, int? status = null, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(message, inner) => (Kind, Status, RetryAfter) = (kind, status, retryAfter);

    /// <summary>The class of the failure.</summary>
    public ProviderErrorKind Kind { get; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; }

    /// <summary>How long the provider asks to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The same call may succeed later.</summary>
    public bool IsTransient => Kind is ProviderErrorKind.RateLimit or ProviderErrorKind.Server or ProviderErrorKind.Network;

    /// <summary>The class as telemetry names it in <c>error.type</c>.</summary>
    public string ErrorType => Kind switch
    {
        ProviderErrorKind.Auth => "auth",
        ProviderErrorKind.RateLimit => "rate_limit",
        ProviderErrorKind.Server => "server",
        ProviderErrorKind.Network => "network",
        ProviderErrorKind.ContextLength => "context_length",
        ProviderErrorKind.Request => "request",
        _ => throw new UnreachableException($"no name for {Kind}"),
    };
}
