namespace Gander.Hosting;

/// <summary>The URLs under which the running server is reached from this machine, with real ports. Known once it has started.</summary>
/// <param name="OtlpGrpc">OTLP over gRPC.</param>
/// <param name="OtlpHttp">OTLP over HTTP, without <c>/v1/…</c>.</param>
/// <param name="Pages">Pages and query APIs.</param>
public sealed record ServerAddresses(Uri OtlpGrpc, Uri OtlpHttp, Uri Pages);
