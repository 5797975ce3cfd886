using System.Globalization;
using System.Net;
using System.Text;
using Gander.Stores;
using Gander.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.Tests.Hosting;

public sealed class DurabilityTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_acknowledged_before_or_while_the_server_stopped_is_there_after_the_next_start()
    {
        var acknowledged = new List<int>();
        await using (var server = await TestServer.StartOnDiskAsync(_folder))
        {
            var begun = new TaskCompletionSource();
            var sending = SendUntilRefusedAsync(server.Otlp, acknowledged, begun);
            await begun.Task.WaitAsync(Cancel);

            await server.StopAsync();
            await sending;
        }

        await using var next = await TestServer.StartOnDiskAsync(_folder);
        using var stored = await next.Services.GetRequiredService<ISpanStore>().FindAsync(new RecordQuery(TimeRange.All, [], Limit: 10_000), Cancel);
        var names = Enumerable.Range(0, stored.Count).Select(row => stored.Text.ToString(stored.Names[row])).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(acknowledged);
        Assert.All(acknowledged, number => Assert.Contains(Name(number), names));
        Assert.Equal(stored.Count, names.Count);
    }

    [Fact]
    public async Task A_read_only_server_shows_what_is_stored_and_refuses_exports()
    {
        await using (var server = await TestServer.StartOnDiskAsync(_folder))
        {
            Assert.Equal(HttpStatusCode.OK, await SendAsync(server.Otlp, 1));
        }

        await using var reader = await TestServer.StartOnDiskAsync(_folder, ("readOnly", "true"));
        using var stored = await reader.Services.GetRequiredService<ISpanStore>().FindAsync(new RecordQuery(TimeRange.All, []), Cancel);

        Assert.Equal(1, stored.Count);
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(reader.Otlp, 2));
        Assert.Equal("ready\n", await reader.Pages.GetStringAsync("/readyz", Cancel));
        Assert.Contains("\"sessions\"", await reader.Pages.GetStringAsync("/api/sessions", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_readers_may_share_a_folder_that_nobody_writes()
    {
        await using (await TestServer.StartOnDiskAsync(_folder))
        {
        }

        await using var first = await TestServer.StartOnDiskAsync(_folder, ("readOnly", "true"));
        await using var second = await TestServer.StartOnDiskAsync(_folder, ("readOnly", "true"));

        Assert.True(second.Running.ReadOnly);
    }

    private static async Task SendUntilRefusedAsync(HttpClient client, List<int> acknowledged, TaskCompletionSource begun)
    {
        for (var number = 0; ; number++)
        {
            try
            {
                if (await SendAsync(client, number) != HttpStatusCode.OK)
                {
                    return;
                }

                acknowledged.Add(number);
            }
            catch (HttpRequestException)
            {
                return;
            }

            if (number == 20)
            {
                begun.SetResult();
            }
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"span {number}");

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, int number)
    {
        var nanos = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        using var content = new StringContent(
            string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{{number + 1:x32}}}","spanId":"{{{number + 1:x16}}}","name":"{{{Name(number)}}}","startTimeUnixNano":"{{{nanos}}}","endTimeUnixNano":"{{{nanos}}}"}]}]}]}"""),
            Encoding.UTF8,
            "application/json");
        using var response = await client.PostAsync("/v1/traces", content, Cancel);
        return response.StatusCode;
    }
}
