namespace Gander.Hosting;

/// <summary>
/// Marks an endpoint that takes telemetry although its listener may be the one for pages: it needs the ingest scope, no cookie
/// opens it, and a refusal is plain text, which its senders write to their logs.
/// </summary>
internal sealed class IngestEndpoint;
