using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gander.Hosting;
using Gander.Hosting.Configuration;

namespace Gander.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task With_a_certificate_every_listener_speaks_TLS_and_HTTP_2_by_agreement()
    {
        var (certificate, key) = WriteCertificate();
        await using var server = await TestServer.StartAsync(settings: [("certificate", certificate), ("certificateKey", key)]);
        using var own = X509CertificateLoader.LoadCertificateFromFile(certificate);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == own.GetCertHashString() },
        };
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower };

        foreach (var address in new[] { server.Running.Addresses.OtlpHttp, server.Running.Addresses.Pages })
        {
            using var response = await client.GetAsync(new Uri(address, "/healthz"), Cancel);

            Assert.Equal("https", address.Scheme);
            Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, response.Version.Major));
        }
    }

    [Fact]
    public async Task A_certificate_without_its_key_and_one_that_cannot_be_read_stop_the_start()
    {
        var (certificate, _) = WriteCertificate();

        var alone = await Assert.ThrowsAsync<ConfigurationException>(() => TestServer.StartAsync(settings: ("certificate", certificate)));
        var absent = await Assert.ThrowsAsync<StartException>(() => TestServer.StartAsync(settings: [("certificate", certificate), ("certificateKey", "/does/not/exist")]));

        Assert.Contains("certificateKey", alone.Message, StringComparison.Ordinal);
        Assert.Contains("/does/not/exist", absent.Message, StringComparison.Ordinal);
    }

    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificatePath, keyPath) = (Path.Combine(_folder, "cert.pem"), Path.Combine(_folder, "key.pem"));
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return (certificatePath, keyPath);
    }
}
