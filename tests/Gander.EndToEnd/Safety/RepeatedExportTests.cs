using System.Globalization;
using System.Net;
using System.Text;
using Gander.EndToEnd.Harness;

namespace Gander.EndToEnd.Safety;

/// <summary>An export whose answer was lost may be sent again.</summary>
public sealed class RepeatedExportTests
{
    private const string TraceId = "5b8efff798038103d269b633813fc60c";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_bytes_sent_again_are_stored_once_even_after_a_crash()
    {
        using var folder = new TempFolder();
        var body = Body("first");
        await using (var gander = await GanderProcess.StartAsync(folder.Combine("data"), Cancel))
        {
            await PostAsync(gander, body);
            await PostAsync(gander, body);
            Assert.Equal(1, await SpansAsync(gander));
            await gander.KillAsync();
        }

        await using var again = await GanderProcess.StartAsync(folder.Combine("data"), Cancel);
        await PostAsync(again, body);
        Assert.Equal(1, await SpansAsync(again));

        await PostAsync(again, Body("second"));
        Assert.Equal(2, await SpansAsync(again));
    }

    private static string Body(string name)
    {
        var now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"retrying"}}]},
             "scopeSpans":[{"spans":[{"traceId":"{{{TraceId}}}","spanId":"{{{now:x16}}}","name":"{{{name}}}","kind":1,
             "startTimeUnixNano":"{{{now}}}","endTimeUnixNano":"{{{now + 1_000_000}}}"}]}]}]}
            """);
    }

    private static async Task PostAsync(GanderProcess gander, string body)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(gander.OtlpHttp, "/v1/traces"), content, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<int> SpansAsync(GanderProcess gander) =>
        (await gander.GetAsync($"/api/traces/{TraceId}", Cancel)).Items("resourceSpans")
            .SelectMany(resource => resource.Items("scopeSpans"))
            .Sum(scope => scope.Items("spans").Count);
}
