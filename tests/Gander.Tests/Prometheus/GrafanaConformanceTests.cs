using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gander.Tests.Conformance;
using Gander.Tests.Hosting;

namespace Gander.Tests.Prometheus;

/// <summary>Makes the calls that Grafana's Prometheus data source makes, with values for their parameters, against a server with a few series, and against the whole program with nothing in it.</summary>
[Trait("Category", "Conformance")]
public sealed partial class GrafanaConformanceTests(ConformanceReport report)
{
    // What other parts of the server answer.
    private static readonly string[] Elsewhere = ["/api/v1/write", "/api/v1/otlp/v1/metrics"];

    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["query"] = "up", ["time"] = "4", ["timeout"] = "30s", ["limit"] = "100", ["lookback_delta"] = "5m", ["stats"] = "all",
        ["start"] = "0", ["end"] = "60", ["step"] = "15", ["match[]"] = "up", ["metric"] = "up", ["limit_per_metric"] = "1", ["type"] = "alert", ["rule_name[]"] = "x",
    };

    [Fact]
    public async Task Every_call_of_the_data_source_is_answered_in_the_shape_it_expects()
    {
        var cases = report.Folder("grafana");
        await using var filled = await PrometheusServer.StartAsync("up{job=\"x\"} 1 1 1");
        await using var empty = await TestServer.StartAsync();

        foreach (var call in SharedData.JsonLines("conformance", "grafana", "calls.jsonl").Where(call => call.Value.GetProperty("source").GetString() == "prometheus"))
        {
            var path = call.Value.GetProperty("path").GetString()!;
            if (Elsewhere.Contains(path))
            {
                continue;
            }

            foreach (var method in call.Value.GetProperty("method").GetString()!.Split(' '))
            {
                await cases.CheckAsync($"{call.Id} {method} {path}", async () =>
                {
                    var shape = call.Value.GetProperty("answer").GetString()!;
                    AssertShape(shape, await AskAsync(filled.Client, method, call.Value), "");
                    Assert.Equal("success", (await AskAsync(empty.Pages, method, call.Value)).GetProperty("status").GetString());
                });
            }
        }

        cases.AssertAllPassed();
    }

    [Fact]
    public async Task Every_query_that_Grafana_writes_is_answered()
    {
        var cases = report.Folder("grafana");
        await using var server = await PrometheusServer.StartAsync();

        foreach (var example in SharedData.JsonLines("conformance", "grafana", "queries.jsonl").Where(example => example.Value.GetProperty("source").GetString() == "prometheus"))
        {
            var query = Uri.EscapeDataString(example.Value.GetProperty("query").GetString()!);
            await cases.CheckAsync(example.Id, async () =>
            {
                var instant = await server.DataAsync($"/api/v1/query?query={query}&time=4");
                await server.DataAsync($"/api/v1/query_range?query={query}&start=0&end=60&step=15");
                if (query == "1%2B1")
                {
                    Assert.Equal("""{"resultType":"scalar","result":[4,"2"]}""", instant);
                }
            });
        }

        cases.AssertAllPassed();
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string method, JsonElement call)
    {
        var parameters = Names().Matches(call.GetProperty("params").GetString()!)
            .Select(match => match.Groups["name"].Value).Where(Values.ContainsKey)
            .Select(name => KeyValuePair.Create(name, Values[name])).ToList();
        var path = call.GetProperty("path").GetString()!.Replace("{name}", "job", StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent(parameters);
        var cancel = TestContext.Current.CancellationToken;
        using var response = method == "POST"
            ? await client.PostAsync(new Uri(path, UriKind.Relative), form, cancel)
            : await client.GetAsync(new Uri($"{path}?{await form.ReadAsStringAsync(cancel)}", UriKind.Relative), cancel);
        var text = await response.Content.ReadAsStringAsync(cancel);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        using var answer = JsonDocument.Parse(text);
        return answer.RootElement.Clone();
    }

    // The shape names members and stands for values by examples: a member must be there, with an object, a list or neither.
    private static void AssertShape(string shape, JsonElement answer, string at)
    {
        var example = JsonDocument.Parse(Placeholders().Replace(shape.Replace("{AST}", "{}", StringComparison.Ordinal), match => match.Value switch
        {
            "{…}" => "{}",
            ",…]" => "]",
            _ => "null",
        })).RootElement;
        AssertShape(example, answer, at);
    }

    private static void AssertShape(JsonElement example, JsonElement answer, string at)
    {
        switch (example.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.True(answer.ValueKind == JsonValueKind.Object, $"{at}: {answer}");
                foreach (var member in example.EnumerateObject().Where(member => member.Name is not ("name" or "__name__" or "trace_id")))
                {
                    Assert.True(answer.TryGetProperty(member.Name, out var value), $"{at} has no {member.Name}: {answer}");
                    AssertShape(member.Value, value, $"{at}.{member.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(answer.ValueKind == JsonValueKind.Array, $"{at}: {answer}");
                if (example.GetArrayLength() > 0 && example[0].ValueKind == JsonValueKind.Object && answer.GetArrayLength() > 0)
                {
                    AssertShape(example[0], answer[0], $"{at}[0]");
                }

                break;
            case JsonValueKind.String:
                Assert.True(answer.ValueKind == JsonValueKind.String, $"{at}: {answer}");
                break;
        }
    }

    [GeneratedRegex(@"(?<name>[a-z_]+(\[\])?)[?*+]?(,|$)")]
    private static partial Regex Names();

    [GeneratedRegex(@"\{…\}|,…\]|(?<=[:\[])(…|t)(?=[,}\]])")]
    private static partial Regex Placeholders();
}
