namespace Gander.Prometheus.Answers;

/// <summary>How an answer may be compressed.</summary>
internal enum AnswerCoding
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip, which every client knows.</summary>
    Gzip,

    /// <summary>zstd, which costs less.</summary>
    Zstd,
}
