namespace Gander.Web.Connecting;

/// <summary>Requests from one address that failed as a whole.</summary>
/// <param name="Remote">The address.</param>
/// <param name="Transport">How they came.</param>
/// <param name="Error">What was wrong with the last.</param>
/// <param name="Count">How many.</param>
/// <param name="AgoMs">Milliseconds since the last.</param>
public sealed record FailureView(string Remote, string Transport, string Error, long Count, double AgoMs);
