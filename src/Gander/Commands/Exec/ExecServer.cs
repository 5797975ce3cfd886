using Gander.Commands.Agents;

namespace Gander.Commands.Exec;

/// <summary>The server a run sends to.</summary>
/// <param name="OtlpHttp">Where OTLP over HTTP is.</param>
/// <param name="Pages">Where pages and APIs are; null for a collector that is no Gander.</param>
/// <param name="Token">What is needed to read, or null.</param>
/// <param name="IngestToken">What is needed to send, or null.</param>
internal sealed record ExecServer(Uri OtlpHttp, Uri? Pages, string? Token, string? IngestToken)
{
    /// <summary>Where the pages will be when this server, which runs for the program alone, has gone; null for a server that stays.</summary>
    public Uri? PagesLater { get; init; }

    /// <summary>The target of a launch.</summary>
    public LaunchTarget Target(string runId, bool content) => new(OtlpHttp, IngestToken, runId, content);
}
