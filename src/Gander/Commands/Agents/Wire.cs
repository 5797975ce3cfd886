namespace Gander.Commands.Agents;

/// <summary>The ways OTLP travels.</summary>
internal enum Wire
{
    /// <summary>Protobuf over HTTP.</summary>
    HttpProtobuf,

    /// <summary>JSON over HTTP.</summary>
    HttpJson,

    /// <summary>gRPC.</summary>
    Grpc,
}
