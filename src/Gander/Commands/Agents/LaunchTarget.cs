namespace Gander.Commands.Agents;

/// <summary>Where a program is to send its telemetry.</summary>
/// <param name="OtlpHttp">The address of OTLP over HTTP, without <c>/v1/…</c>.</param>
/// <param name="Token">What admits it there, or null where nothing is needed.</param>
/// <param name="RunId">What all its telemetry is marked with, so that it can be found again; letters and digits.</param>
/// <param name="Content">Whether prompts and the texts of tools are asked for.</param>
internal sealed record LaunchTarget(Uri OtlpHttp, string? Token, string RunId, bool Content)
{
    /// <summary>The resource attribute that has <see cref="RunId"/>.</summary>
    public const string RunAttribute = "gander.exec.id";

    /// <summary>The address without a slash at its end.</summary>
    public string Endpoint => OtlpHttp.AbsoluteUri.TrimEnd('/');

    /// <summary>The address of one signal.</summary>
    public string EndpointOf(string signal) => $"{Endpoint}/v1/{signal.ToLowerInvariant()}";
}
