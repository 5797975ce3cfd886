namespace Gander.Agent.Telemetry.Settings;

/// <summary>The encodings and transports of OTLP.</summary>
internal enum OtlpProtocol
{
    HttpProtobuf,
    HttpJson,
    Grpc,
}
