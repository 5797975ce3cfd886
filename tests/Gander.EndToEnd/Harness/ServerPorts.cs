using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gander.EndToEnd.Harness;

/// <summary>The ports a server is told to listen on; 0 lets the system choose.</summary>
/// <param name="Grpc">OTLP over gRPC.</param>
/// <param name="Http">OTLP over HTTP.</param>
/// <param name="Pages">Pages and APIs.</param>
internal sealed record ServerPorts(int Grpc, int Http, int Pages)
{
    /// <summary>Whatever is free.</summary>
    public static ServerPorts Any { get; } = new(0, 0, 0);

    /// <summary>The flags of <c>gander serve</c>.</summary>
    public IEnumerable<string> Arguments => ["--otlp-grpc", On(Grpc), "--otlp-http", On(Http), "--listen", On(Pages)];

    /// <summary>Three ports that are free now, for a server that must come back where it was.</summary>
    public static ServerPorts Reserve()
    {
        using var grpc = new TcpListener(IPAddress.Loopback, 0);
        using var http = new TcpListener(IPAddress.Loopback, 0);
        using var pages = new TcpListener(IPAddress.Loopback, 0);
        return new ServerPorts(Port(grpc), Port(http), Port(pages));

        static int Port(TcpListener listener)
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }

    private static string On(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}
