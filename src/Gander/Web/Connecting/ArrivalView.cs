namespace Gander.Web.Connecting;

/// <summary>What has arrived since the server started, as the connect island shows it.</summary>
/// <param name="Emitters">Who sent, latest first.</param>
/// <param name="Failures">Whose requests failed, latest first.</param>
public sealed record ArrivalView(IReadOnlyList<EmitterView> Emitters, IReadOnlyList<FailureView> Failures);
