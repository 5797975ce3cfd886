namespace Gander.Ingest;

/// <summary>Requests from one address that failed as a whole: unknown token, undecodable body, server too busy.</summary>
/// <param name="Remote">The sender's address, without port.</param>
/// <param name="Transport"><c>http</c> or <c>grpc</c>.</param>
/// <param name="Error">What the sender was told the last time.</param>
/// <param name="Count">How many failed since the server started.</param>
/// <param name="LastSeen">When the last one failed.</param>
public sealed record ReceiveFailure(string Remote, string Transport, string Error, long Count, DateTimeOffset LastSeen);
