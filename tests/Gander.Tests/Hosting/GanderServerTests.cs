using System.Net;
using Gander.Hosting;

namespace Gander.Tests.Hosting;

public sealed class GanderServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("listen", "--listen 0.0.0.0:0")]
    [InlineData("otlpHttp", "--otlp-http 0.0.0.0:0")]
    [InlineData("otlpGrpc", "--otlp-grpc 0.0.0.0:0")]
    public async Task It_refuses_to_listen_to_the_network_without_a_token_and_says_how_to_make_one(string setting, string named)
    {
        var refused = await Assert.ThrowsAsync<StartException>(() => TestServer.StartAsync(settings: (setting, "0.0.0.0:0")));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Contains("gander token create", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sessions")]
    [InlineData("/sign-in")]
    [InlineData("/nowhere")]
    [InlineData("/css/base.css")]
    [InlineData("/api/status")]
    public async Task Head_is_answered_as_get_without_a_body(string path)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var get = await server.Pages.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        using var head = await server.Pages.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType?.MediaType, head.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task With_a_token_it_listens_to_the_network_and_needs_one_even_when_all_are_revoked()
    {
        var folder = TestServer.NewFolder();
        new Gander.Hosting.Auth.TokenFile(folder, TimeProvider.System).Create("dev", Gander.Hosting.Auth.TokenScopes.All, null, null, null);
        await using (var server = await TestServer.StartAsync(folder, null, ("otlpHttp", "0.0.0.0:0")))
        {
            server.Tokens.Revoke("dev");
            using var response = await server.Otlp.PostAsync("/v1/traces", null, Cancel);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Two_servers_cannot_have_one_folder()
    {
        await using var server = await TestServer.StartAsync();

        var refused = await Assert.ThrowsAsync<StartException>(() => TestServer.StartAsync(server.DataPath));

        Assert.Contains("in use by another gander", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_is_named_with_the_flags_that_change_it()
    {
        await using var server = await TestServer.StartAsync();

        var refused = await Assert.ThrowsAsync<StartException>(() => TestServer.StartAsync(settings: ("listen", server.Running.Addresses.Pages.Authority)));

        Assert.Contains(server.Running.Addresses.Pages.Authority, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--listen", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_and_the_file_that_leads_to_the_server_are_for_the_owner_alone()
    {
        var folder = Path.Combine(TestServer.NewFolder(), "data");
        await using (var server = await TestServer.StartAsync(folder))
        {
            var found = ServerFile.Find(folder);

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, TestServer.Mode(folder));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, TestServer.Mode(Path.Combine(folder, "server.json")));
            Assert.Equal(server.Running.Addresses.Pages, found?.Pages);
        }

        Assert.Null(ServerFile.Find(folder));
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Fact]
    public async Task An_endpoint_exists_on_its_own_listener_only()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await server.Otlp.GetAsync("/sign-in", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Pages.GetAsync("/sign-in", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task One_port_speaks_HTTP_1_and_HTTP_2_without_TLS(int version)
    {
        await using var server = await TestServer.StartAsync();

        foreach (var client in new[] { server.Otlp, server.Pages })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz") { Version = new Version(version, version == 1 ? 1 : 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var response = await client.SendAsync(request, Cancel);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(version, response.Version.Major);
        }
    }

    [Fact]
    public async Task An_open_live_page_does_not_hold_up_the_stop()
    {
        await using var server = await TestServer.StartAsync(settings: ("shutdownSeconds", "600"));
        using var live = await server.Pages.GetAsync("/api/live", HttpCompletionOption.ResponseHeadersRead, Cancel);

        await server.StopAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }
}
