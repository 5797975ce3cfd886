using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Gander.EndToEnd.Harness;
using Gander.Tests.Conformance;
using Microsoft.Playwright;

namespace Gander.EndToEnd.Pages;

/// <summary>A server with a few captured sessions of goose and a trace of two thousand spans, and a browser to look at it.</summary>
public sealed class PageStage : IAsyncLifetime
{
    /// <summary>The trace of <see cref="BigTraceSpans"/> spans.</summary>
    public const string BigTrace = "0123456789abcdef0123456789abcdef";

    /// <summary>Spans of the big trace.</summary>
    public const int BigTraceSpans = 2_000;

    private static readonly string[] Scenarios = ["run-mixed-content", "run-multi-content", "run-tool-fail-content", "session-three-turns", "run-http-500"];

    private readonly TempFolder _folder = new();
    private readonly BrowserStage _browser = new();
    private readonly HttpClient _sender = new(new SocketsHttpHandler { UseProxy = false });

    internal GanderProcess Gander { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _browser.InitializeAsync();
        var cancel = TestContext.Current.CancellationToken;
        Gander = await GanderProcess.StartAsync(_folder.Combine("data"), cancel);
        foreach (var scenario in Scenarios)
        {
            foreach (var file in Directory.EnumerateFiles(SharedData.Require("fixtures", "goose", scenario), "*.pb").Order(StringComparer.Ordinal))
            {
                var signal = Path.GetFileNameWithoutExtension(file).Split('-')[1];
                if (signal is "traces" or "logs")
                {
                    await SendAsync(signal, await File.ReadAllBytesAsync(file, cancel), "application/x-protobuf");
                }
            }
        }

        await SendAsync("traces", Encoding.UTF8.GetBytes(BigTraceJson()), "application/json");
        await Eventually.GetAsync(
            async () => (await Gander.GetAsync("/api/sessions?limit=100", cancel)).Items("sessions").Count,
            count => count >= Scenarios.Length,
            TimeSpan.FromSeconds(30),
            "The sessions",
            cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        if (Gander is not null)
        {
            await Gander.DisposeAsync();
        }

        await _browser.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Opens a page over all of time and waits until its islands are idle.</summary>
    internal async Task<WatchedPage> OpenAsync(string path, bool dark = true)
    {
        var page = await _browser.OpenAsync(Gander, dark);
        await page.Page.GotoAsync(path);
        await IdleAsync(page.Page);
        return page;
    }

    /// <summary>Waits until neither a navigation nor an island has anything under way.</summary>
    internal static Task IdleAsync(IPage page) => page.WaitForFunctionAsync("() => globalThis.__ready > 0");

    /// <summary>Sends one OTLP body as an agent would.</summary>
    internal async Task SendAsync(string signal, byte[] body, string mediaType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var answer = await _sender.PostAsync(new Uri(Gander.OtlpHttp, $"/v1/{signal}"), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>One log record from a host of this name.</summary>
    internal Task SendLogAsync(string host) => SendAsync("logs", Encoding.UTF8.GetBytes(
        $$$"""
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"goose"}},{"key":"host.name","value":{"stringValue":"{{{host}}}"}}]},
        "scopeLogs":[{"logRecords":[{"observedTimeUnixNano":"1795400000000000000","severityNumber":9,"body":{"stringValue":"hello"}}]}]}]}
        """), "application/json");

    private static string BigTraceJson()
    {
        var spans = new StringBuilder();
        for (var index = 1; index <= BigTraceSpans; index++)
        {
            var parent = index == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"\"parentSpanId\":\"{(index <= 41 ? 1 : 2 + (index % 40)):x16}\",");
            var start = 1_795_300_000_000_000_000 + (index * 1_000_000L);
            spans.Append(index > 1 ? "," : "").Append(CultureInfo.InvariantCulture,
                $$"""{"traceId":"{{BigTrace}}","spanId":"{{index:x16}}",{{parent}}"name":"step {{index}}","startTimeUnixNano":"{{start}}","endTimeUnixNano":"{{start + (index == 1 ? 3_000_000_000 : 900_000)}}"}""");
        }

        return $$$"""{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"load"}}]},"scopeSpans":[{"spans":[{{{spans}}}]}]}]}""";
    }
}
