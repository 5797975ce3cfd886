using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Gander.Hosting;

/// <summary>
/// Lets one port without TLS speak HTTP/1.1 and HTTP/2 with prior knowledge. Kestrel itself chooses between them only by what
/// TLS negotiated, so a connection that begins with HTTP/2's preface (RFC 9113 §3.4) is given the features of one that
/// negotiated it. Kestrel must allow any <c>:scheme</c>, as it would expect https there.
/// </summary>
internal sealed class Http2Detection(ConnectionDelegate next, TimeSpan timeout)
{
    /// <summary>Looks at the first bytes, takes none, and passes the connection on.</summary>
    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        deadline.CancelAfter(timeout);
        try
        {
            if (await BeginsWithPrefaceAsync(connection, deadline.Token))
            {
                var negotiated = new Negotiated();
                connection.Features.Set<ITlsConnectionFeature>(negotiated);
                connection.Features.Set<ITlsApplicationProtocolFeature>(negotiated);
            }
        }
        catch (OperationCanceledException)
        {
            // It sent nothing that could be told apart in time, or is gone.
            connection.Abort();
            return;
        }

        await next(connection);
    }

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    private static async ValueTask<bool> BeginsWithPrefaceAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var looksLike = LooksLikePreface(read.Buffer);
            if (!looksLike || read.IsCompleted || read.Buffer.Length >= Preface.Length)
            {
                input.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
                return looksLike;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool LooksLikePreface(ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(buffer.Length, Preface.Length);
        buffer.Slice(0, length).CopyTo(start);
        return start[..length].SequenceEqual(Preface[..length]);
    }

    private sealed class Negotiated : ITlsConnectionFeature, ITlsApplicationProtocolFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }
}
