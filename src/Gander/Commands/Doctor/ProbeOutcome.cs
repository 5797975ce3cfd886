namespace Gander.Commands.Doctor;

/// <summary>What became of a probe on its way.</summary>
internal enum ProbeOutcome
{
    /// <summary>It was taken.</summary>
    Accepted,

    /// <summary>An answer came, and it was no.</summary>
    Refused,

    /// <summary>No host has this name.</summary>
    UnknownHost,

    /// <summary>Nothing takes connections there.</summary>
    Unreachable,

    /// <summary>The server's certificate is not trusted, or it speaks no TLS.</summary>
    NotTrusted,

    /// <summary>What answers speaks another protocol.</summary>
    OtherProtocol,

    /// <summary>No answer came in time.</summary>
    TimedOut,
}
