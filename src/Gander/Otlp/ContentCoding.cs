namespace Gander.Otlp;

/// <summary>How a body is compressed.</summary>
internal enum ContentCoding
{
    None,
    Gzip,
    Deflate,
    Zstd,
    Brotli,
}
