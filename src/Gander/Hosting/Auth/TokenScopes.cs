namespace Gander.Hosting.Auth;

/// <summary>What a token is good for.</summary>
[Flags]
public enum TokenScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sending telemetry.</summary>
    Ingest = 1,

    /// <summary>Pages and query APIs.</summary>
    Read = 2,

    /// <summary>Both.</summary>
    All = Ingest | Read,
}
