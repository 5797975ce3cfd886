using System.Text.Json;
using System.Text.RegularExpressions;
using Gander.Hosting;
using Gander.Tests.Conformance;
using Gander.Web.Connecting;

namespace Gander.Tests.Web;

public sealed partial class AgentGuidesTests
{
    private static readonly ServerAddresses Addresses = new(new("http://127.0.0.1:14317"), new("http://127.0.0.1:14318"), new("http://127.0.0.1:14319"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Slugs() => [.. AgentGuides.All(Addresses, false).Select(guide => guide.Slug)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Lines_name_this_server_and_a_token_only_where_one_is_needed(string slug)
    {
        var (open, closed) = (TextOf(slug, tokenNeeded: false), TextOf(slug, tokenNeeded: true));

        Assert.Matches("http://127\\.0\\.0\\.1:1431[78]", open);
        Assert.DoesNotContain(ConnectLines.TokenPlaceholder, open, StringComparison.Ordinal);
        Assert.Contains(ConnectLines.TokenPlaceholder, closed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude-code")]
    [InlineData("gemini-cli")]
    [InlineData("copilot-cli")]
    [InlineData("opencode")]
    [InlineData("qwen-code")]
    public void Lines_have_the_settings_with_which_the_agent_was_captured(string slug)
    {
        var manifest = Directory.EnumerateFiles(SharedData.Require("fixtures", slug), "manifest.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        using var captured = JsonDocument.Parse(File.ReadAllText(manifest));
        var text = TextOf(slug, tokenNeeded: false);

        foreach (var setting in captured.RootElement.GetProperty("setup").EnumerateArray().Select(line => line.GetString()!))
        {
            // Only what telemetry needs: neither shorter delays nor the model that stood in.
            foreach (var name in Names().Matches(setting).Select(match => match.Value))
            {
                Assert.Contains(name, text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Each_agent_has_a_page(string slug)
    {
        await using var host = await PageHost.StartAsync(new SampleSessions(SampleSessions.Rich(Some.Instant("2026-11-22T10:00Z"))));

        var html = await host.Client.GetStringAsync($"/connect/{slug}", Cancel);

        Assert.Contains("data-copy=", html, StringComparison.Ordinal);
        Assert.Contains("<g-connect service=", html, StringComparison.Ordinal);
        Assert.Contains("not seen yet", html, StringComparison.Ordinal);
        Assert.Contains("</svg>seen ", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_is_unknown_is_not_found()
    {
        await using var host = await PageHost.StartAsync(new SampleSessions());

        var answer = await host.Client.GetAsync("/connect/nothing", Cancel);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Contains("No such agent", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static string TextOf(string slug, bool tokenNeeded) =>
        string.Join('\n', AgentGuides.All(Addresses, tokenNeeded).Single(guide => guide.Slug == slug).Blocks.Select(block => block.Text));

    [GeneratedRegex("CLAUDE_CODE_[A-Z_]+=1|OTEL_(METRICS|LOGS|TRACES)_EXPORTER=otlp|OTEL_EXPORTER_OTLP_ENDPOINT|OTEL_LOG_[A-Z_]+=1|COPILOT_OTEL_ENABLED=true|enabled|target|otlpProtocol|otlpEndpoint|logPrompts|traces|experimental|openTelemetry")]
    private static partial Regex Names();
}
