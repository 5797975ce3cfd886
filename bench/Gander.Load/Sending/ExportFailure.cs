using System.Net.Sockets;

namespace Gander.Load.Sending;

/// <summary>Names a request that got no answer.</summary>
internal static class ExportFailure
{
    public static string Describe(Exception exception) => exception switch
    {
        TaskCanceledException => "timed out",
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "connection refused",
        HttpRequestException request => $"no answer ({request.HttpRequestError})",
        _ => exception.GetType().Name,
    };
}
