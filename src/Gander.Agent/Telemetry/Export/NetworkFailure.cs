using System.Globalization;
using System.Net.Sockets;

namespace Gander.Agent.Telemetry.Export;

/// <summary>Says in a person's words why a receiver was not reached.</summary>
internal static class NetworkFailure
{
    /// <summary>The reason, or null when the failure is none of the network's: a bug, or the caller's own cancellation.</summary>
    public static string? Describe(Exception failure, TimeSpan timeout, CancellationToken callers)
    {
        if (failure is OperationCanceledException)
        {
            return callers.IsCancellationRequested ? null : string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0.###} s");
        }

        return failure switch
        {
            HttpRequestException { InnerException: SocketException socket } => Words(socket),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "the TLS connection failed",
            HttpRequestException http => http.HttpRequestError == HttpRequestError.Unknown ? Printable.Line(http.Message) : http.HttpRequestError.ToString(),
            IOException => "the connection broke",
            _ => null,
        };
    }

    private static string Words(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "no such host",
        SocketError.TimedOut => "no connection in time",
        _ => socket.Message,
    };
}
