using System.Net;
using Gander.EndToEnd.Agent;
using Gander.EndToEnd.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.EndToEnd.Sessions;

/// <summary><c>gander session KEY</c> on a terminal, where a pager shows the text.</summary>
public sealed class PagerTests(TalkStage stage) : IClassFixture<TalkStage>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ctrl_c_is_the_pagers_and_nothing_is_left_behind()
    {
        await using var server = await ServeAsync();
        using var talk = stage.NewTalk().With("PAGER", "sh ./pager").With("GANDER_TOKEN", "none");
        var script = Path.Combine(talk.WorkFolder, "pager");
        await File.WriteAllTextAsync(script, "trap 'echo caught >> caught' INT\necho $$ > number\nwhile [ ! -e leave ]; do sleep 0.1; done\n", Cancel);
        await using var session = talk.OnTerminal($"session some-key --server {Address(server)}");
        await ThereAsync(Path.Combine(talk.WorkFolder, "number"));

        await session.Input.WriteAsync("\x03".AsMemory(), Cancel);
        await session.Input.FlushAsync(Cancel);
        await ThereAsync(Path.Combine(talk.WorkFolder, "caught"));
        var pager = (await File.ReadAllTextAsync(Path.Combine(talk.WorkFolder, "number"), Cancel)).Trim();
        Assert.True(Directory.Exists($"/proc/{pager}"));
        Assert.False(session.HasExited);
        await File.WriteAllTextAsync(Path.Combine(talk.WorkFolder, "leave"), "", Cancel);

        Assert.Equal(0, await session.WaitForExitAsync(Limit, Cancel));
        Assert.False(Directory.Exists($"/proc/{pager}"));
    }

    private static Task ThereAsync(string path) => Eventually.GetAsync(() => Task.FromResult(File.Exists(path)), there => there, Limit, $"{Path.GetFileName(path)} is there", Cancel);

    private static string Address(WebApplication server) => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    private static async Task<WebApplication> ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(context => context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("/sessions", StringComparison.Ordinal) ? """{"sessions":[]}""" : """{"key":"some-key","title":"T","turns":[]}"""));
        await application.StartAsync(Cancel);
        return application;
    }
}
