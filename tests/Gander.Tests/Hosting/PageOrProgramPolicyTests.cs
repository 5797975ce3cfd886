using System.Net;
using Gander.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.Tests.Hosting;

public sealed class PageOrProgramPolicyTests
{
    [Theory]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", "page")]
    [InlineData("text/html; blazor-enhanced-nav=on", "page")]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;q=0.5,*/*;q=0.1", "figures")]
    [InlineData("*/*", "figures")]
    [InlineData(null, "figures")]
    public async Task A_browser_gets_the_page_and_a_program_what_is_for_programs(string? accept, string expected)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        builder.Services.AddSingleton<MatcherPolicy, PageOrProgramPolicy>();
        await using var application = builder.Build();
        application.UseRouting();
        application.MapGet("/metrics", () => "page");
        application.MapGet("/metrics", () => "figures").WithMetadata(new ForPrograms());
        await application.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
