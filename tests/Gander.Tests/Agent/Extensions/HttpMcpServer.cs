using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Gander.Agent.Configuration;
using Gander.Agent.Extensions;
using Gander.Agent.Loop;
using Gander.Agent.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.Tests.Agent.Extensions;

/// <summary>An MCP server over streamable HTTP with one tool, <c>echo</c>, that remembers the requests it had and treats a method as it is told.</summary>
internal sealed class HttpMcpServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly TempFolder _folder = new();

    private HttpMcpServer(WebApplication application) => _application = application;

    /// <summary>Its address.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The JSON-RPC method, or the HTTP method where there is no body, with the request's headers.</summary>
    public ConcurrentQueue<(string Method, Dictionary<string, string> Headers)> Received { get; } = new();

    /// <summary>Answers a request of this method instead; false leaves it to the server.</summary>
    public Func<HttpContext, string, Task<bool>> Respond { get; set; } = (_, _) => Task.FromResult(false);

    public static async Task<HttpMcpServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new HttpMcpServer(builder.Build());
        server._application.Run(server.TakeAsync);
        await server._application.StartAsync();
        server.Address = new Uri(server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/mcp");
        return server;
    }

    /// <summary>The agent's side of it, not started.</summary>
    public AgentTools Tools(Action<ExtensionOptions>? configure = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        var options = new ExtensionOptions();
        configure?.Invoke(options);
        var settings = new ExtensionSettings("h", ExtensionKind.StreamableHttp) { Address = Address, Headers = headers ?? new Dictionary<string, string>() };
        return new AgentTools([settings], new WorkFolder(_folder.FullPath), new ToolOptions(), options);
    }

    public static async Task<ToolResult> EchoAsync(AgentTools tools, CancellationToken cancellationToken) =>
        (ToolResult)(await tools.All.OfType<AIFunction>().Single().InvokeAsync([], cancellationToken))!;

    /// <summary>Answers nothing for as long as anybody waits.</summary>
    public static async Task<bool> HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var end = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        JsonDocument? message = null;
        if (HttpMethods.IsPost(context.Request.Method))
        {
            message = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        }

        using (message)
        {
            var method = message?.RootElement.GetProperty("method").GetString() ?? context.Request.Method;
            Received.Enqueue((method, context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString())));
            if (!await Respond(context, method))
            {
                await AnswerAsync(context, method, message?.RootElement);
            }
        }
    }

    private static async Task AnswerAsync(HttpContext context, string method, JsonElement? message)
    {
        var result = method switch
        {
            "initialize" => $$"""{"protocolVersion":{{message!.Value.GetProperty("params").GetProperty("protocolVersion").GetRawText()}},"capabilities":{"tools":{} },"serverInfo":{"name":"http","version":"1"} }""",
            "tools/list" => """{"tools":[{"name":"echo","inputSchema":{"type":"object"}}]}""",
            "tools/call" => """{"content":[{"type":"text","text":"echoed"}]}""",
            _ => null,
        };
        if (result is null && message?.TryGetProperty("id", out var id) == true)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":{{id.GetRawText()}},"error":{"code":-32601,"message":"There is no method {{method}}."} }""", context.RequestAborted);
            return;
        }

        if (result is null)
        {
            context.Response.StatusCode = method switch { "GET" => StatusCodes.Status405MethodNotAllowed, "DELETE" => StatusCodes.Status200OK, _ => StatusCodes.Status202Accepted };
            return;
        }

        context.Response.Headers["mcp-session-id"] = "one";
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":{{message!.Value.GetProperty("id").GetRawText()}},"result":{{result}}}""", context.RequestAborted);
    }
}
