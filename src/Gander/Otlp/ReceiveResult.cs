namespace Gander.Otlp;

/// <summary>What a receiver answers, whatever the transport.</summary>
/// <param name="Refusal">Why the request was refused as a whole; null when it was accepted.</param>
/// <param name="Rejected">Records refused of an accepted request.</param>
/// <param name="Message">A sentence for the sender; null when all went well.</param>
internal readonly record struct ReceiveResult(RefusalKind? Refusal, int Rejected, string? Message)
{
    public static ReceiveResult Refused(RefusalKind kind, string message) => new(kind, 0, message);
}
