using System.Globalization;
using System.Text.Json;
using Gander.Tests.Hosting;
using Gander.Tests.Otlp;
using static Gander.Tests.Prometheus.RemoteWrite.WriteRequests;

namespace Gander.Tests.Prometheus.RemoteWrite;

/// <summary>What was pushed, as PromQL and the catalogue show it.</summary>
public sealed class RemoteWriteQueryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_and_labels_come_back_as_they_were_pushed()
    {
        await using var server = await TestServer.StartAsync();
        await PushAsync(server, One(Series(["__name__=node_load1", "instance=a:1", "job=node", "odd.label=x"], (0.5, Noon))));

        var result = await QueryAsync(server, "node_load1");

        Assert.Equal("""{"__name__":"node_load1","instance":"a:1","job":"node","odd.label":"x"}""", result[0].GetProperty("metric").GetRawText());
    }

    [Fact]
    public async Task Samples_in_any_order_and_a_staleness_marker_are_understood()
    {
        await using var server = await TestServer.StartAsync();
        var stale = BitConverter.Int64BitsToDouble(0x7ff0000000000002);
        await PushAsync(server, One(Series(["__name__=x_total"], (30, Noon - 15_000), (10, Noon - 45_000), (20, Noon - 30_000))));
        Assert.Equal(3, Value((await QueryAsync(server, "count_over_time(x_total[1m])"))[0]));
        Assert.Equal(30, Value((await QueryAsync(server, "x_total"))[0]));

        await PushAsync(server, One(Series(["__name__=x_total"], (stale, Noon - 1_000))));

        Assert.Empty(await QueryAsync(server, "x_total"));
    }

    [Fact]
    public async Task A_sample_of_last_year_is_found_where_it_belongs()
    {
        await using var server = await TestServer.StartAsync();
        var old = Noon - (390L * 86_400_000);
        await PushAsync(server, One(Series(["__name__=old"], (7, old))));

        Assert.Equal(7, Value((await QueryAsync(server, "old", old))[0]));
    }

    [Fact]
    public async Task Native_histograms_are_histograms()
    {
        await using var server = await TestServer.StartAsync();
        var exponential = new Wire().Varint(1, 7).Double(3, 12.5).Varint(4, ZigZag(0)).Message(11, Span(1, 2)).Packed(12, [ZigZag(4), ZigZag(-1)], isFixed: false).Varint(15, (ulong)Noon);
        var custom = new Wire().Varint(1, 3).Double(3, 8).Varint(4, ZigZag(-53)).Message(11, Span(0, 2)).Packed(12, [ZigZag(1), ZigZag(1)], isFixed: false)
            .Varint(15, (ulong)Noon).Packed(16, [BitConverter.DoubleToUInt64Bits(1), BitConverter.DoubleToUInt64Bits(5)], isFixed: true);
        await PushAsync(server, One(Series(["__name__=e"]).Message(4, exponential), Series(["__name__=c"]).Message(4, custom)));

        Assert.Equal((7, 12.5), (Value((await QueryAsync(server, "histogram_count(e)"))[0]), Value((await QueryAsync(server, "histogram_sum(e)"))[0])));

        // Buckets (1, 2] with 4 and (2, 4] with 3: the middle lies in the first.
        Assert.InRange(Value((await QueryAsync(server, "histogram_quantile(0.5, e)"))[0]), 1, 2);
        Assert.Equal((3, 5), (Value((await QueryAsync(server, "histogram_count(c)"))[0]), Value((await QueryAsync(server, "histogram_quantile(1, c)"))[0])));
        Assert.Empty(await QueryAsync(server, "{__name__=~\".*_bucket\",gander_source=\"\"}"));
    }

    [Fact]
    public async Task Exemplars_are_found_by_the_series_they_belong_to_and_are_no_series()
    {
        await using var server = await TestServer.StartAsync();
        var exemplar = Labels(new Wire(), "trace_id=000000000000000000000000000000cd").Double(2, 0.3).Varint(3, (ulong)Noon - 1_000);
        await PushAsync(server, One(Series(["__name__=lat_bucket", "le=1"], (1, Noon)), Series(["__name__=lat_bucket", "le=1"]).Message(3, exemplar)));

        var found = (await AskAsync(server, $"/api/v1/query_exemplars?query=lat_bucket&start={(Noon / 1_000) - 60}&end={(Noon / 1_000) + 60}")).GetProperty("data");

        Assert.Equal("000000000000000000000000000000cd", found[0].GetProperty("exemplars")[0].GetProperty("labels").GetProperty("trace_id").GetString());
        Assert.Single(await QueryAsync(server, "lat_bucket"));
        Assert.Single((await AskAsync(server, $"/api/v1/series?match[]=lat_bucket&start={(Noon / 1_000) - 60}&end={(Noon / 1_000) + 60}")).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Metadata_names_the_family()
    {
        await using var server = await TestServer.StartAsync();
        await PushAsync(server, new Wire().Message(3, new Wire().Varint(1, 3).Text(2, "rpc_seconds").Text(4, "How long.").Text(5, "seconds")).Bytes);
        await PushAsync(server, One(Series(["__name__=rpc_seconds_bucket", "le=1"], (1, Noon))));

        var metadata = (await AskAsync(server, "/api/v1/metadata")).GetProperty("data").GetProperty("rpc_seconds")[0];

        Assert.Equal(("histogram", "How long.", "seconds"), (metadata.GetProperty("type").GetString(), metadata.GetProperty("help").GetString(), metadata.GetProperty("unit").GetString()));
    }

    private static async Task PushAsync(TestServer server, byte[] body)
    {
        using var response = await PostAsync(server.Otlp, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<IReadOnlyList<JsonElement>> QueryAsync(TestServer server, string query, long millis = Noon) =>
    [
        .. (await AskAsync(server, string.Create(CultureInfo.InvariantCulture, $"/api/v1/query?query={Uri.EscapeDataString(query)}&time={millis / 1_000}")))
            .GetProperty("data").GetProperty("result").EnumerateArray(),
    ];

    private static double Value(JsonElement sample) => double.Parse(sample.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);

    private static async Task<JsonElement> AskAsync(TestServer server, string path)
    {
        using var response = await server.Pages.GetAsync(path, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
