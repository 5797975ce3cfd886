using System.Net;
using System.Text.Json;

namespace Gander.Tests.Prometheus.Catalogue;

public sealed class SeriesListTests
{
    private static Task<PrometheusServer> StartAsync() => PrometheusServer.StartAsync(
        "up{job=\"b\",dc=\"x\"} 1", "up{job=\"a\"} 1", "{\"http.size\",\"http.method\"=\"GET\"} 1");

    [Theory]
    [InlineData("/api/v1/series?match[]=up", """[{"__name__":"up","dc":"x","job":"b"},{"__name__":"up","job":"a"}]""")]
    [InlineData("/api/v1/series?match[]=up{job=\"a\"}&match[]={\"http.size\"}", """[{"__name__":"http.size","http.method":"GET"},{"__name__":"up","job":"a"}]""")]
    [InlineData("/api/v1/series?match[]=nothing", "[]")]
    [InlineData("/api/v1/labels", """["__name__","dc","http.method","job"]""")]
    [InlineData("/api/v1/labels?match[]=up&start=0&end=now", """["__name__","dc","job"]""")]
    [InlineData("/api/v1/label/job/values", """["a","b"]""")]
    [InlineData("/api/v1/label/job/values?match[]=up{dc=\"x\"}", """["b"]""")]
    [InlineData("/api/v1/label/__name__/values", """["http.size","up"]""")]
    [InlineData("/api/v1/label/U__http_2e_method/values", """["GET"]""")]
    [InlineData("/api/v1/label/nothing/values", "[]")]
    public async Task A_list_is_sorted_and_narrowed_by_its_selectors(string path, string data)
    {
        await using var server = await StartAsync();

        Assert.Equal(data, await server.DataAsync(path));
    }

    [Theory]
    [InlineData("/api/v1/series")]
    [InlineData("/api/v1/series?match[]={}")]
    [InlineData("/api/v1/series?match[]=sum(up)")]
    [InlineData("/api/v1/labels?match[]=up%20offset%205m")]
    [InlineData("/api/v1/labels?start=soon")]
    [InlineData("/api/v1/labels?limit=many")]
    [InlineData("/api/v1/label/U__/values")]
    public async Task A_wrong_request_is_bad_data(string path)
    {
        await using var server = await StartAsync();

        Assert.Equal("bad_data", (await server.ErrorAsync(path, HttpStatusCode.BadRequest)).Type);
    }

    [Theory]
    [InlineData("/api/v1/series?match[]=up&limit=1")]
    [InlineData("/api/v1/labels?limit=1")]
    [InlineData("/api/v1/label/job/values?limit=1")]
    public async Task A_limit_cuts_a_list_and_says_so(string path)
    {
        await using var server = await StartAsync();

        using var answer = JsonDocument.Parse(await server.TextAsync(path));

        Assert.Equal(1, answer.RootElement.GetProperty("data").GetArrayLength());
        Assert.Equal("results truncated due to limit", answer.RootElement.GetProperty("warnings")[0].GetString());
    }

    [Theory]
    [InlineData("/api/v1/series")]
    [InlineData("/api/v1/labels")]
    public async Task Selectors_may_be_posted(string path)
    {
        await using var server = await StartAsync();
        using var form = new FormUrlEncodedContent([new("match[]", "up"), new("match[]", "nothing")]);

        using var response = await server.Client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
