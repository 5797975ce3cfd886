using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.Tests.Agent.Telemetry;

/// <summary>A receiver on free ports that remembers what came and answers as it is told.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<ReceivedExport> _received = new();

    private OtlpSink(WebApplication application) => _application = application;

    /// <summary>Address of the receiver for HTTP/1.1.</summary>
    public string Http { get; private set; } = "";

    /// <summary>Address of the receiver for gRPC.</summary>
    public string Grpc { get; private set; } = "";

    /// <summary>Answers instead of 200, or of gRPC's status 0.</summary>
    public Func<HttpContext, ReceivedExport, Task>? Respond { get; set; }

    public IReadOnlyList<ReceivedExport> Received => [.. _received];

    public static async Task<OtlpSink> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var application = builder.Build();
        var sink = new OtlpSink(application);
        application.Run(sink.TakeAsync);
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (sink.Http, sink.Grpc) = (addresses[0], addresses[1]);
        return sink;
    }

    public static Task AnswerGrpc(HttpContext context, string status)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.AppendTrailer("grpc-status", status);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var export = new ReceivedExport(
            context.Request.Protocol,
            context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            body.ToArray());
        _received.Enqueue(export);
        if (Respond is not null)
        {
            await Respond(context, export);
        }
        else if (export.IsGrpc)
        {
            await AnswerGrpc(context, "0");
            await context.Response.Body.WriteAsync(new byte[5]);
        }
    }
}
