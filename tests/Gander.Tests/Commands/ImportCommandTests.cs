using System.Globalization;
using System.Text.RegularExpressions;
using Gander.Stores;
using Gander.Telemetry;
using Gander.Tests.Conformance;
using Gander.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gander.Tests.Commands;

public sealed partial class ImportCommandTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Captured_exports_go_into_the_server_that_runs_on_the_folder()
    {
        await using var server = await TestServer.StartAsync();
        server.CreateToken();

        var run = await CommandRun.RunAsync(["import", SharedData.Require("fixtures", "goose", "run-text"), "--data", server.DataPath]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(await StoredSpansAsync(server), Spans(run));
        Assert.True(Spans(run) > 0, run.Output);
    }

    [Fact]
    public async Task Json_and_packed_captures_are_understood_too()
    {
        await using var server = await TestServer.StartAsync();
        var claude = SharedData.Require("fixtures", "claude-code");

        var json = await CommandRun.RunAsync(["import", "--data", server.DataPath, .. Bodies(Path.Combine(claude, "http-json"), "*s.json")]);
        var packed = await CommandRun.RunAsync(["import", "--data", server.DataPath, .. Bodies(Path.Combine(claude, "gzip-cumulative"), "*.pb.gz")]);

        Assert.Equal((0, 0), (json.ExitCode, packed.ExitCode));
        Assert.Equal(await StoredSpansAsync(server), Spans(json) + Spans(packed));
    }

    [Fact]
    public async Task A_server_elsewhere_is_reached_by_its_address_with_the_token_of_the_environment()
    {
        await using var server = await TestServer.StartAsync();
        var token = server.CreateToken();
        var file = Write("traces.jsonl", Span(1));

        var without = await CommandRun.RunAsync(["import", file, "--to", server.Running.Addresses.OtlpHttp.AbsoluteUri, "--data", _folder]);
        var with = await CommandRun.RunAsync(["import", file, "--to", server.Running.Addresses.OtlpHttp.AbsoluteUri, "--data", _folder], ("GANDER_TOKEN", token));

        Assert.Equal(3, without.ExitCode);
        Assert.Contains("GANDER_TOKEN", without.Error, StringComparison.Ordinal);
        Assert.Equal(0, with.ExitCode);
        Assert.Equal(1, await StoredSpansAsync(server));
    }

    [Fact]
    public async Task What_is_refused_is_listed_with_its_line_and_the_rest_is_stored()
    {
        await using var server = await TestServer.StartAsync();
        var file = Write("traces.jsonl", $"{Span(1)}\nnot json\n{{\"resourceSpans\":7}}\n{Span(2)}\n");

        var run = await CommandRun.RunAsync(["import", file, "--data", server.DataPath]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{file}:2: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:3: ", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("2 spans, 0 log records and 0 data points stored from 2 requests in 1 files; 0 records and 2 places refused.", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, await StoredSpansAsync(server));
    }

    [Theory]
    [InlineData("absent.pb")]
    public async Task A_file_that_is_not_there_stops_the_import_before_it_begins(string name)
    {
        var run = await CommandRun.RunAsync(["import", Path.Combine(_folder, name), "--data", _folder]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        var run = await CommandRun.RunAsync(["import", Write("traces.jsonl", Span(1)), "--to", "http://127.0.0.1:1", "--data", _folder]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("http://127.0.0.1:1/ does not answer", run.Error, StringComparison.Ordinal);
    }

    private static string[] Bodies(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(folder, pattern).Where(file => !file.EndsWith("manifest.json", StringComparison.Ordinal))];

    private static string Span(int number)
    {
        var nanos = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{{number:x32}}}","spanId":"{{{number:x16}}}","name":"s","startTimeUnixNano":"{{{nanos}}}","endTimeUnixNano":"{{{nanos}}}"}]}]}]}""");
    }

    private static int Spans(CommandRun run) => int.Parse(SpanCount().Match(run.Output).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static async Task<int> StoredSpansAsync(TestServer server)
    {
        using var spans = await server.Services.GetRequiredService<ISpanStore>().FindAsync(new RecordQuery(TimeRange.All, [], Limit: 10_000), Cancel);
        return spans.Count;
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    [GeneratedRegex("^([0-9,]+) spans")]
    private static partial Regex SpanCount();
}
