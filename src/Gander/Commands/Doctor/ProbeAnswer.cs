namespace Gander.Commands.Doctor;

/// <summary>How a probe was answered.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Status">The HTTP status, or that of gRPC when HTTP's was 200; 0 when there was none.</param>
/// <param name="Message">What the server, or the system, said of it.</param>
/// <param name="ServerTime">The server's clock, if it tells.</param>
/// <param name="SentAt">This machine's clock in the middle of the request.</param>
internal sealed record ProbeAnswer(ProbeOutcome Outcome, int Status, string Message, DateTimeOffset? ServerTime, DateTimeOffset SentAt);
