namespace Gander.Load.Sending;

/// <summary>What came back for one request.</summary>
/// <param name="Outcome">What it means.</param>
/// <param name="Reason">The status, or what went wrong, short enough to count by.</param>
/// <param name="RetryAfter">How long the server asked to wait, or null.</param>
internal sealed record ExportAnswer(ExportOutcome Outcome, string Reason, TimeSpan? RetryAfter = null)
{
    public static ExportAnswer Acknowledged { get; } = new(ExportOutcome.Acknowledged, "ok");
}
