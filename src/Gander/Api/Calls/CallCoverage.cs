namespace Gander.Api.Calls;

/// <summary>How far figures over calls cover what was asked for.</summary>
/// <param name="SessionsCut">Whether there were more sessions than may be added up; then the figures are of the latest ones.</param>
/// <param name="Current">Whether all telemetry that was acknowledged is in them.</param>
internal sealed record CallCoverage(bool SessionsCut, bool Current);
