using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gander.Hosting;

/// <summary>Sets up Kestrel's three listeners and, once it runs, tells their real ports.</summary>
internal sealed class KestrelListeners(ServerOptions options)
{
    private readonly Dictionary<Listener, ListenOptions> _listeners = [];
    private readonly X509Certificate2? _certificate = LoadCertificate(options);

    private string Scheme => _certificate is null ? "http" : "https";

    /// <summary>Adds Kestrel with its limits and listeners.</summary>
    public void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // For Http2Detection; nothing here decides by the scheme a client claims but the Secure flag of its own cookie.
            kestrel.AllowAlternateSchemes = true;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            // Receivers set the limit of their bodies themselves; pages and APIs have small ones.
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 200;
            // The defaults of 128 KiB and 96 KiB make a large export wait for window updates.
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 << 20;
            kestrel.Limits.Http2.InitialStreamWindowSize = 1 << 20;
            Listen(kestrel, Listener.OtlpGrpc, options.OtlpGrpc, HttpProtocols.Http2);
            Listen(kestrel, Listener.OtlpHttp, options.OtlpHttp, HttpProtocols.Http1AndHttp2);
            Listen(kestrel, Listener.Pages, options.Listen, HttpProtocols.Http1AndHttp2);
        });
    }

    /// <summary>The real addresses; call after the start.</summary>
    public ServerAddresses Addresses() => new(
        Url(Listener.OtlpGrpc, options.OtlpGrpc),
        Url(Listener.OtlpHttp, options.OtlpHttp),
        Url(Listener.Pages, options.Listen));

    private static X509Certificate2? LoadCertificate(ServerOptions options)
    {
        if (options.Certificate.Length == 0)
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(options.Certificate, options.CertificateKey);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The certificate {options.Certificate} with the key {options.CertificateKey} cannot be read: {e.Message}", e);
        }
    }

    private void Listen(KestrelServerOptions kestrel, Listener listener, ListenAddress address, HttpProtocols protocols) =>
        kestrel.Listen(address.Address, address.Port, listen =>
        {
            _listeners[listener] = listen;
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                connection.Features.Set(new ListenerFeature(listener));
                return next(connection);
            });
            if (_certificate is not null)
            {
                listen.UseHttps(_certificate);
            }
            else if (protocols == HttpProtocols.Http1AndHttp2)
            {
                listen.Use(next => new Http2Detection(next, kestrel.Limits.RequestHeadersTimeout).OnConnectionAsync);
            }
        });

    private Uri Url(Listener listener, ListenAddress address) => address.Url(Scheme, _listeners[listener].IPEndPoint!.Port);
}
