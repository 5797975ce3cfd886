namespace Gander.Otlp;

/// <summary>How unpacking ended.</summary>
internal enum UnpackResult
{
    Done,
    Malformed,
    TooLarge,
    Overloaded,
}
