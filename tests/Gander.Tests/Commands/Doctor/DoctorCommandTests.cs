using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Gander.Commands.Agents;
using Gander.Hosting.Auth;
using Gander.Tests.Hosting;

namespace Gander.Tests.Commands.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly string _folder = TestServer.NewFolder();

    public DoctorCommandTests()
    {
        Directory.CreateDirectory(Programs);
        Directory.CreateDirectory(Home);
    }

    private string Data => Path.Combine(_folder, "data");

    private string Home => Path.Combine(_folder, "home");

    private string Programs => Path.Combine(_folder, "bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("http/protobuf", "goose")]
    [InlineData("http/protobuf", "claude")]
    [InlineData("http/json", "claude")]
    [InlineData("grpc", "claude")]
    [InlineData("grpc", "gander")]
    public async Task One_record_of_each_signal_goes_the_configured_way_and_comes_back(string protocol, string agent)
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);
        var address = protocol == "grpc" ? server.Running.Addresses.OtlpGrpc : server.Running.Addresses.OtlpHttp;

        var run = await RunAsync(
            ["--agent", agent],
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                ("CLAUDE_CODE_ENABLE_TELEMETRY", "1"), ("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1"),
                ("OTEL_TRACES_EXPORTER", "otlp"), ("OTEL_METRICS_EXPORTER", "otlp"), ("OTEL_LOGS_EXPORTER", "otlp"),
            ]);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("ok       traces, metrics, logs: sent as", run.Output, StringComparison.Ordinal);
        Assert.Contains("All is well.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probes_are_no_sessions()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);
        await RunAsync(["--agent", "goose"], [("OTEL_EXPORTER_OTLP_ENDPOINT", server.Running.Addresses.OtlpHttp.AbsoluteUri)]);

        using var sessions = JsonDocument.Parse(await server.Pages.GetStringAsync(new Uri("/api/sessions", UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.True(sessions.RootElement.GetProperty("current").GetBoolean());
        Assert.Equal(0, sessions.RootElement.GetProperty("sessions").GetArrayLength());
    }

    [Fact]
    public async Task A_token_that_is_missing_wrong_or_right_is_told_apart()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);
        var token = server.CreateToken(scopes: TokenScopes.Ingest);
        (string, string) endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", server.Running.Addresses.OtlpHttp.AbsoluteUri);

        var missing = await RunJsonAsync(["--agent", "goose"], [endpoint]);
        var wrong = await RunJsonAsync(["--agent", "goose"], [endpoint, ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic gander_wrongwrong")]);
        var right = await RunJsonAsync(["--agent", "goose"], [endpoint, ("OTEL_EXPORTER_OTLP_HEADERS", $"Authorization=Basic {token}")]);

        Assert.Equal((1, "token.missing"), (missing.ExitCode, missing.Faults));
        Assert.Equal((1, "token.refused"), (wrong.ExitCode, wrong.Faults));
        Assert.Equal((0, ""), (right.ExitCode, right.Faults));
        Assert.DoesNotContain("gander_", missing.Output + wrong.Output + right.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_of_the_other_transport_is_found_by_trying()
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);

        var http = await RunJsonAsync(["--agent", "goose"], [("OTEL_EXPORTER_OTLP_ENDPOINT", server.Running.Addresses.OtlpGrpc.AbsoluteUri)]);
        var grpc = await RunJsonAsync(["--agent", "gander"], [("OTEL_EXPORTER_OTLP_ENDPOINT", server.Running.Addresses.OtlpHttp.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")]);
        var pages = await RunJsonAsync(["--agent", "goose"], [("OTEL_EXPORTER_OTLP_ENDPOINT", server.Running.Addresses.Pages.AbsoluteUri)]);

        Assert.All(new[] { http, grpc, pages }, run => Assert.Equal(1, run.ExitCode));
        Assert.All(new[] { http, grpc, pages }, run => Assert.StartsWith("arrival.", run.Faults, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_server_that_is_the_problem()
    {
        var run = await RunJsonAsync(["--agent", "goose"], [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")]);

        Assert.Equal((1, "server.none arrival.unreachable"), (run.ExitCode, run.Faults));
    }

    [Fact]
    public async Task Another_collector_is_tried_but_not_read()
    {
        var (collector, address) = Listen();
        using var _ = collector;
        var served = AnswerAsync(collector, count: 6);

        var run = await RunJsonAsync(["--agent", "goose", "--server", address], [("OTEL_EXPORTER_OTLP_ENDPOINT", address)]);

        await served;
        Assert.Equal((0, ""), (run.ExitCode, run.Faults));
        Assert.Contains("arrival.elsewhere", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_is_not_known_is_found_and_can_be_made_known()
    {
        var (certificate, key) = WriteCertificate();
        await using var server = await TestServer.StartOnDiskAsync(Data, ("certificate", certificate), ("certificateKey", key));
        (string, string) endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", server.Running.Addresses.OtlpHttp.AbsoluteUri);

        var unknown = await RunJsonAsync(["--agent", "goose"], [endpoint]);
        var known = await RunJsonAsync(["--agent", "goose"], [endpoint, ("SSL_CERT_FILE", certificate)]);

        Assert.Contains("arrival.tls", AgentFaults(unknown.Output));
        Assert.DoesNotContain("arrival.tls", AgentFaults(known.Output));
    }

    [Fact]
    public async Task Agents_that_are_installed_are_looked_at_and_need_not_send()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "programs are told by their extension on this system");
        await using var server = await TestServer.StartOnDiskAsync(Data);
        Install("goose");
        Install("gemini");

        var run = await RunJsonAsync([], []);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(["goose", "gemini"], json.RootElement.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("name").GetString()));
        Assert.Equal((0, ""), (run.ExitCode, run.Faults));
        Assert.Contains("gander exec -- gemini", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_agent_is_a_wrong_command_line()
    {
        var run = await RunAsync(["--agent", "goos"], []);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("goose, claude, codex", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://ann:hush-hush@127.0.0.1:9")]
    [InlineData("http://ann:hush-hush@127.0.0.1:4317")]
    [InlineData("http://ann:hush-hush@127.0.0.1:4318/v1/traces")]
    [InlineData("http://ann:hush-hush@no-such-host.invalid:4318?key=hush-hush")]
    [InlineData("http://ann:hush/hush-hush@127.0.0.1:9")]
    [InlineData("ann:hush-hush@127.0.0.1:4318")]
    public async Task A_password_in_an_address_is_shown_nowhere(string address)
    {
        await using var server = await TestServer.StartOnDiskAsync(Data);
        WriteInHome(".zshrc", $"OTEL_EXPORTER_OTLP_ENDPOINT={address}");
        WriteInHome(".config/goose/config.yaml", $"OTEL_EXPORTER_OTLP_ENDPOINT: {address}\notel_exporter_otlp_logs_endpoint: {address}");
        WriteInHome(".codex/config.toml", $$"""
            [otel]
            exporter = { otlp-http = { endpoint = "{{address}}", protocol = "binary" } }
            trace_exporter = { otlp-grpc = { endpoint = "{{address}}" } }
            """);
        WriteInHome(".claude/settings.json", $$"""{ "env": { "OTEL_EXPORTER_OTLP_ENDPOINT": "{{address}}" } }""");
        WriteInHome(".gemini/settings.json", $$"""{ "telemetry": { "enabled": true, "otlpEndpoint": "{{address}}" } }""");
        (string, string)[] switches =
        [
            ("XDG_CONFIG_HOME", Path.Combine(Home, ".config")), ("CLAUDE_CODE_ENABLE_TELEMETRY", "1"), ("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1"),
            ("OTEL_TRACES_EXPORTER", "otlp"), ("OTEL_LOGS_EXPORTER", "otlp"), ("OTEL_METRICS_EXPORTER", "otlp"), ("QWEN_TELEMETRY_ENABLED", "true"),
        ];
        (string, string)[] addresses =
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", address), ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", address), ("QWEN_TELEMETRY_OTLP_ENDPOINT", address), ("HTTP_PROXY", address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"),
        ];
        string[] all = [.. AgentCatalogue.All.SelectMany(agent => new[] { "--agent", agent.Name })];

        CommandRun[] runs =
        [
            await RunAsync(all, switches), await RunAsync(["--json", .. all], switches),
            await RunAsync(all, [.. switches, .. addresses]), await RunAsync(["--json", .. all], [.. switches, .. addresses]),
            await RunAsync(["--server", address, .. all], switches), await RunAsync(["--json", "--server", address, .. all], [.. switches, .. addresses]),
        ];

        Assert.All(runs.Take(4), run => Assert.Contains("****@", run.Output, StringComparison.Ordinal));
        Assert.All(runs, run => Assert.DoesNotContain("hush", run.Output + run.Error, StringComparison.Ordinal));
    }

    private void WriteInHome(string file, string text)
    {
        var path = Path.Combine(Home, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static (HttpListener Listener, string Address) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            var address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/";
            var listener = new HttpListener();
            try
            {
                listener.Prefixes.Add(address);
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // Somebody else has that port.
            }
        }
    }

    // The first request asks for a Gander's status, which a collector has not.
    private static async Task AnswerAsync(HttpListener listener, int count)
    {
        for (var taken = 0; taken < count;)
        {
            var context = await listener.GetContextAsync();
            var isExport = context.Request.HttpMethod == "POST";
            context.Response.StatusCode = isExport ? 200 : 404;
            context.Response.Close();
            taken += isExport ? 1 : 0;
        }
    }

    private static IEnumerable<string?> AgentFaults(string output)
    {
        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.GetProperty("agents")[0].GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("id").GetString())];
    }

    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificatePath, keyPath) = (Path.Combine(_folder, "cert.pem"), Path.Combine(_folder, "key.pem"));
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return (certificatePath, keyPath);
    }

    private void Install(string program)
    {
        var path = Path.Combine(Programs, program);
        File.WriteAllText(path, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private Task<CommandRun> RunAsync(string[] arguments, (string, string)[] environment) =>
        CommandRun.RunAsync(["doctor", "--data", Data, .. arguments], [("HOME", Home), ("PATH", Programs), .. environment]);

    private async Task<(int ExitCode, string Faults, string Output)> RunJsonAsync(string[] arguments, (string, string)[] environment)
    {
        var run = await RunAsync(["--json", .. arguments], environment);
        using var json = JsonDocument.Parse(run.Output);
        var findings = json.RootElement.GetProperty("server").GetProperty("findings").EnumerateArray()
            .Concat(json.RootElement.GetProperty("agents").EnumerateArray().SelectMany(agent => agent.GetProperty("findings").EnumerateArray()));
        return (run.ExitCode, string.Join(' ', findings.Where(finding => finding.GetProperty("level").GetString() is "problem" or "warning").Select(finding => finding.GetProperty("id").GetString())), run.Output);
    }
}
