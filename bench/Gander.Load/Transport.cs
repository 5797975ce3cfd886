namespace Gander.Load;

/// <summary>How a run sends.</summary>
public enum Transport
{
    /// <summary>Protobuf over HTTP/1.1.</summary>
    Protobuf,

    /// <summary>JSON over HTTP/1.1.</summary>
    Json,

    /// <summary>gRPC over cleartext HTTP/2.</summary>
    Grpc,
}
