using Gander.Hosting.Auth;
using Grpc.Core;
using Grpc.Net.Client;

namespace Gander.Tests.Hosting.Auth;

public sealed class GrpcAuthenticationTests
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(message => message, message => message);

    private static readonly Method<byte[], byte[]> Export =
        new(MethodType.Unary, "opentelemetry.proto.collector.trace.v1.TraceService", "Export", Bytes, Bytes);

    [Fact]
    public async Task Without_tokens_an_export_passes()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal(StatusCode.OK, (await ExportAsync(server, authorization: null)).StatusCode);
    }

    [Fact]
    public async Task A_missing_token_is_unauthenticated_with_the_usual_mistake_named()
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken();

        var status = await ExportAsync(server, authorization: null);

        Assert.Equal(StatusCode.Unauthenticated, status.StatusCode);
        Assert.Contains("Authorization: Basic", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_is_read_as_a_header_is()
    {
        await using var server = await TestServer.StartAsync();
        var token = server.CreateToken();
        var reader = server.CreateToken("reader", TokenScopes.Read);

        Assert.Equal(StatusCode.OK, (await ExportAsync(server, $"Bearer {token}")).StatusCode);
        Assert.Equal(StatusCode.OK, (await ExportAsync(server, $"Basic {token}")).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await ExportAsync(server, "Bearer nothing")).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await ExportAsync(server, $"Bearer {reader}")).StatusCode);
    }

    private static async Task<Status> ExportAsync(TestServer server, string? authorization)
    {
        using var channel = GrpcChannel.ForAddress(server.Running.Addresses.OtlpGrpc);
        var metadata = new Metadata();
        if (authorization is not null)
        {
            metadata.Add("authorization", authorization);
        }

        using var call = channel.CreateCallInvoker().AsyncUnaryCall(Export, null, new CallOptions(metadata, cancellationToken: TestContext.Current.CancellationToken), []);
        try
        {
            await call;
            return Status.DefaultSuccess;
        }
        catch (RpcException e)
        {
            return e.Status;
        }
    }
}
