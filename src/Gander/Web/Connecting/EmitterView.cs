namespace Gander.Web.Connecting;

/// <summary>One emitter.</summary>
/// <param name="Service">Its service, or empty.</param>
/// <param name="Host">Its host, or empty.</param>
/// <param name="User">Its user, or empty.</param>
/// <param name="Traces">Exports of spans.</param>
/// <param name="Metrics">Exports of data points.</param>
/// <param name="Logs">Exports of log records.</param>
/// <param name="Records">Records stored.</param>
/// <param name="Rejected">Records refused.</param>
/// <param name="Why">Why they were refused, or null.</param>
/// <param name="AgoMs">Milliseconds since the last export.</param>
public sealed record EmitterView(
    string Service, string Host, string User, long Traces, long Metrics, long Logs, long Records, long Rejected, string? Why, double AgoMs);
