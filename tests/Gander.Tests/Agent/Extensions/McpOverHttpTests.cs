using System.Diagnostics;
using Gander.Agent.Configuration;
using Gander.Agent.Extensions;
using Microsoft.AspNetCore.Http;

namespace Gander.Tests.Agent.Extensions;

/// <summary>MCP servers over streamable HTTP.</summary>
public sealed class McpOverHttpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_names_the_span_it_belongs_to_and_no_other()
    {
        await using var server = await HttpMcpServer.StartAsync();
        await using var tools = server.Tools();
        await tools.StartAsync(Cancel);
        using var span = new Activity("dispatch_tool_call").SetIdFormat(ActivityIdFormat.W3C).Start();
        span.TraceStateString = "a=b";

        var result = await HttpMcpServer.EchoAsync(tools, Cancel);

        Assert.Equal("echoed", result.Text);
        var headers = server.Received.Single(request => request.Method == "tools/call").Headers;
        Assert.Equal((span.Id, "a=b"), (headers["traceparent"], headers["tracestate"]));
    }

    [Fact]
    public async Task Configured_headers_never_go_where_a_redirect_points()
    {
        await using var other = await HttpMcpServer.StartAsync();
        await using var server = await HttpMcpServer.StartAsync();
        server.Respond = (context, _) => RedirectAsync(context, other.Address);
        await using var tools = server.Tools(headers: new Dictionary<string, string> { ["X-Key"] = "secret" });

        await tools.StartAsync(Cancel);

        var problem = Assert.Single(tools.Problems);
        Assert.Contains($"points to {other.Address}, which is not followed", problem.Reason, StringComparison.Ordinal);
        Assert.Equal("secret", server.Received.First().Headers["x-key"]);
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Without_headers_a_redirect_is_followed()
    {
        await using var other = await HttpMcpServer.StartAsync();
        await using var server = await HttpMcpServer.StartAsync();
        server.Respond = (context, _) => RedirectAsync(context, other.Address);
        await using var tools = server.Tools();

        await tools.StartAsync(Cancel);

        Assert.Empty(tools.Problems);
        Assert.Equal("echoed", (await HttpMcpServer.EchoAsync(tools, Cancel)).Text);
    }

    [Theory]
    [InlineData(1, 60, 65)]
    [InlineData(3_000, 60, 3_005)]
    [InlineData(300, 600, 605)]
    public void An_answer_may_take_as_long_as_a_call_or_a_start(int callSeconds, int startSeconds, int expectedSeconds)
    {
        var settings = new ExtensionSettings("h", ExtensionKind.StreamableHttp);

        using var http = McpHttpHandler.Client(settings, new ExtensionOptions { ExtensionCallSeconds = callSeconds, ExtensionStartSeconds = startSeconds });
        using var own = McpHttpHandler.Client(settings with { Timeout = TimeSpan.FromSeconds(900) }, new ExtensionOptions());

        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), http.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(905), own.Timeout);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_a_farewell_holds_up_nobody()
    {
        await using var server = await HttpMcpServer.StartAsync();
        server.Respond = (context, method) => method is "DELETE" or "GET" ? HttpMcpServer.HangAsync(context) : Task.FromResult(false);
        var tools = server.Tools(options => options.ExtensionStopSeconds = 1);
        await tools.StartAsync(Cancel);
        await HttpMcpServer.EchoAsync(tools, Cancel);

        await tools.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        Assert.Contains(server.Received, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task A_server_that_hangs_half_way_through_its_start_is_a_problem_in_time()
    {
        await using var server = await HttpMcpServer.StartAsync();
        server.Respond = (context, method) => method is "initialize" ? Task.FromResult(false) : HttpMcpServer.HangAsync(context);
        await using var tools = server.Tools(options => (options.ExtensionStartSeconds, options.ExtensionStopSeconds) = (1, 1));

        await tools.StartAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        Assert.Contains("within 1 s", Assert.Single(tools.Problems).Reason, StringComparison.Ordinal);
    }

    private static Task<bool> RedirectAsync(HttpContext context, Uri target)
    {
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = target.AbsoluteUri;
        return Task.FromResult(true);
    }
}
