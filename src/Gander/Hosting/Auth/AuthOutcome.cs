namespace Gander.Hosting.Auth;

/// <summary>What authentication decided about a request: a closed set of cases.</summary>
internal abstract record AuthOutcome
{
    private AuthOutcome()
    {
    }

    /// <summary>It may pass.</summary>
    /// <param name="Caller">Who sent it.</param>
    public sealed record Allowed(Caller Caller) : AuthOutcome;

    /// <summary>It has no credentials, or none that are known.</summary>
    /// <param name="Message">What to do.</param>
    public sealed record Unknown(string Message) : AuthOutcome;

    /// <summary>Its token is known and not good for this.</summary>
    /// <param name="Message">What to do.</param>
    public sealed record Forbidden(string Message) : AuthOutcome;

    /// <summary>Its address failed too often of late.</summary>
    /// <param name="RetryAfter">When to come back.</param>
    public sealed record TooMany(TimeSpan RetryAfter) : AuthOutcome;
}
