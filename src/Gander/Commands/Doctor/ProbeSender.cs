using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gander.Commands.Agents;
using Gander.Commands.Imports;

namespace Gander.Commands.Doctor;

/// <summary>Sends probes as an agent would: to its address, in its protocol, with its headers and its trust.</summary>
internal static class ProbeSender
{
    private const int MaxAnswerBytes = 1 << 20;
    private const int GrpcPrefix = 5;
    private const int GrpcUnauthenticated = 16;
    private const int GrpcPermissionDenied = 7;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Sends one record and waits for the answer.</summary>
    public static async Task<ProbeAnswer> SendAsync(ExportRoute route, ProbeRecord record, TimeProvider time, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        if (route.TrustFile is { } file)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None || IsTrustedBy(file, certificate, errors);
        }

        using var http = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = MaxAnswerBytes };
        using var request = Request(route, record);
        var begin = time.GetUtcNow();
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var middle = begin + ((time.GetUtcNow() - begin) / 2);
            return Read(route, response, await response.Content.ReadAsByteArrayAsync(cancellationToken), middle);
        }
        catch (HttpRequestException e)
        {
            return new ProbeAnswer(OutcomeOf(e), 0, e.InnerException?.Message ?? e.Message, null, begin);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeAnswer(ProbeOutcome.TimedOut, 0, $"no answer within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", null, begin);
        }
    }

    private static HttpRequestMessage Request(ExportRoute route, ProbeRecord record)
    {
        var isGrpc = route.Wire == Wire.Grpc;
        var request = new HttpRequestMessage(HttpMethod.Post, isGrpc ? new Uri(route.Address, GrpcPath(route.Signal)) : route.Address)
        {
            Content = new ByteArrayContent(route.Wire switch
            {
                Wire.HttpJson => record.ToJson(route.Signal),
                Wire.Grpc => Framed(record.ToProtobuf(route.Signal)),
                _ => record.ToProtobuf(route.Signal),
            }),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(route.Wire switch
        {
            Wire.HttpJson => "application/json",
            Wire.Grpc => "application/grpc",
            _ => "application/x-protobuf",
        });
        if (isGrpc)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            request.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        foreach (var (name, value) in route.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static string GrpcPath(string signal) => signal switch
    {
        "TRACES" => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        "METRICS" => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        _ => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
    };

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[GrpcPrefix + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, GrpcPrefix);
        return framed;
    }

    private static ProbeAnswer Read(ExportRoute route, HttpResponseMessage response, byte[] body, DateTimeOffset sentAt)
    {
        var status = (int)response.StatusCode;
        var serverTime = response.Headers.Date;
        if (route.Wire == Wire.Grpc && response.IsSuccessStatusCode)
        {
            // Refusals without a body have their status among the headers (gRPC over HTTP/2, "Trailers-Only").
            var code = First(response.TrailingHeaders, "grpc-status") ?? First(response.Headers, "grpc-status");
            var message = Uri.UnescapeDataString(First(response.TrailingHeaders, "grpc-message") ?? First(response.Headers, "grpc-message") ?? "");
            return code == "0"
                ? new ProbeAnswer(ProbeOutcome.Accepted, status, "", serverTime, sentAt)
                : new ProbeAnswer(ProbeOutcome.Refused, AsHttp(code), message, serverTime, sentAt);
        }

        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        if (!response.IsSuccessStatusCode)
        {
            return new ProbeAnswer(ProbeOutcome.Refused, status, ImportAnswer.Failure(body, isJson), serverTime, sentAt);
        }

        var answer = ImportAnswer.Accepted(body, isJson);
        return answer.Rejected > 0
            ? new ProbeAnswer(ProbeOutcome.Refused, status, answer.Message ?? "the record was refused", serverTime, sentAt)
            : new ProbeAnswer(ProbeOutcome.Accepted, status, "", serverTime, sentAt);
    }

    // The statuses of gRPC that mean the same as one of HTTP's; any other is shown as it is.
    private static int AsHttp(string? code) => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number switch
        {
            GrpcUnauthenticated => StatusCodes.Status401Unauthorized,
            GrpcPermissionDenied => StatusCodes.Status403Forbidden,
            _ => number,
        }
        : 0;

    private static string? First(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static ProbeOutcome OutcomeOf(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => ProbeOutcome.UnknownHost,
        HttpRequestError.ConnectionError => ProbeOutcome.Unreachable,
        HttpRequestError.SecureConnectionError => ProbeOutcome.NotTrusted,
        _ => ProbeOutcome.OtherProtocol,
    };

    private static bool IsTrustedBy(string file, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
        {
            return false;
        }

        try
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
            using var presented = new X509Certificate2(certificate);
            return chain.Build(presented);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
