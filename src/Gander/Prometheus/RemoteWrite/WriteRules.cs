namespace Gander.Prometheus.RemoteWrite;

/// <summary>Why samples of a remote write request are refused: a fixed set of sentences, as each is counted apart.</summary>
internal static class WriteRules
{
    public const string NameMissing = "the series has no label __name__";
    public const string LabelEmpty = "a label has no name";
    public const string LabelTwice = "a label comes twice";
    public const string TooManyLabels = "the series has more labels than allowed";
    public const string NotText = "a label is not valid UTF-8";
    public const string SymbolMissing = "a label refers to a symbol that is not in the table";
    public const string TimeOutOfRange = "the time lies before 1970 or too far in the future";
    public const string SchemaUnknown = "the schema of a native histogram is unknown";
    public const string BucketsWrong = "the buckets of a native histogram do not fit its spans";
    public const string CountsNotWhole = "a native histogram counts fractions of observations, which cannot be kept";
    public const string BoundsWrong = "the custom bounds of a native histogram must be finite and ascend";
}
