namespace Gander.Load;

/// <summary>How bodies are packed.</summary>
public enum BodyCompression
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>Zstandard (RFC 8878); not for gRPC.</summary>
    Zstd,
}
