namespace Gander.Load.Sending;

/// <summary>Whether an export response says that only a part was taken.</summary>
internal static class PartialSuccess
{
    /// <summary>True for a JSON answer with a <c>partialSuccess</c>, and for a protobuf answer with any field in its field 1.</summary>
    public static bool Says(ReadOnlySpan<byte> answer, string? contentType) =>
        contentType == "application/json"
            ? answer.IndexOf("\"partialSuccess\""u8) >= 0 && answer.IndexOf("\"rejected"u8) >= 0
            : answer.Length > 2;
}
