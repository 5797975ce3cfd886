using System.Text.Json;
using Gander.Commands.Agents;
using Gander.Commands.Doctor;

namespace Gander.Tests.Commands.Doctor;

public sealed class ArrivalChecksTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly KeyValuePair<string, string>[] Token = [KeyValuePair.Create("Authorization", "Basic secret-token")];

    [Theory]
    [InlineData("Unreachable", 0, "arrival.unreachable")]
    [InlineData("UnknownHost", 0, "arrival.unknown-host")]
    [InlineData("TimedOut", 0, "arrival.timeout")]
    [InlineData("OtherProtocol", 0, "arrival.protocol")]
    [InlineData("NotTrusted", 0, "arrival.tls")]
    [InlineData("Refused", 401, "token.refused")]
    [InlineData("Refused", 403, "token.scope")]
    [InlineData("Refused", 404, "arrival.path")]
    [InlineData("Refused", 405, "arrival.path")]
    [InlineData("Refused", 415, "arrival.format")]
    [InlineData("Refused", 421, "arrival.host")]
    [InlineData("Refused", 429, "arrival.busy")]
    [InlineData("Refused", 503, "arrival.busy")]
    [InlineData("Refused", 500, "arrival.refused")]
    public void Each_way_to_fail_says_what_why_and_what_to_change(string outcome, int status, string id)
    {
        var finding = Check(Enum.Parse<ProbeOutcome>(outcome), status, Token);

        Assert.Equal((id, FindingLevel.Problem), (finding!.Id, finding.Level));
        Assert.NotEqual("", finding.Why);
        Assert.NotEqual("", finding.Fix);
        Assert.DoesNotContain("secret-token", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_token_is_told_from_a_wrong_one()
    {
        var finding = Check(ProbeOutcome.Refused, 401, []);

        Assert.Equal("token.missing", finding!.Id);
        Assert.Equal("export OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Basic $(gander token create --name claude-code)\"", finding.Fix);
    }

    [Fact]
    public void An_unknown_authority_is_made_known_by_the_agents_own_variable() =>
        Assert.Equal("export SSL_CERT_FILE=/path/to/ca.pem", Check(ProbeOutcome.NotTrusted, 0, [], "https://gander.example:4318/v1/logs")!.Fix);

    [Fact]
    public void What_is_taken_is_no_finding() => Assert.Null(Check(ProbeOutcome.Accepted, 200, []));

    [Theory]
    [InlineData(4, false)]
    [InlineData(-4, false)]
    [InlineData(90, true)]
    [InlineData(-90, true)]
    public void Clocks_that_disagree_are_found(int seconds, bool isFound)
    {
        var finding = ArrivalChecks.Clock(new ProbeAnswer(ProbeOutcome.Accepted, 200, "", Now.AddSeconds(-seconds), Now));

        Assert.Equal(isFound, finding is not null);
        if (isFound)
        {
            Assert.Contains(seconds > 0 ? "90 s ahead of" : "90 s behind", finding!.What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_server_that_tells_no_time_is_believed() => Assert.Null(ArrivalChecks.Clock(new ProbeAnswer(ProbeOutcome.Accepted, 200, "", null, Now)));

    [Theory]
    [InlineData("ok", false, "")]
    [InlineData("refusing", false, "server.refusing")]
    [InlineData("degraded", false, "server.degraded")]
    [InlineData("ok", true, "server.read-only")]
    public void A_servers_own_troubles_are_found(string health, bool readOnly, string id)
    {
        using var status = JsonDocument.Parse($$$"""{"health":"{{{health}}}","server":{"readOnly":{{{(readOnly ? "true" : "false")}}}},"store":{"problems":["a file\u001b is damaged"]}}""");

        var findings = ServerChecks.OfStatus(status.RootElement).ToList();

        Assert.Equal(id, string.Join(' ', findings.Select(finding => finding.Id)));
        Assert.DoesNotContain('\u001b', string.Concat(findings.Select(finding => finding.Why)));
    }

    [Fact]
    public void A_high_volume_brings_the_lines_for_sampling()
    {
        Assert.Null(ServerChecks.OfVolume("goose", ServerChecks.ManySpans));
        Assert.Equal("export OTEL_TRACES_SAMPLER=parentbased_traceidratio OTEL_TRACES_SAMPLER_ARG=0.1", ServerChecks.OfVolume("goose", ServerChecks.ManySpans * 2)!.Fix);
    }

    private static Finding? Check(ProbeOutcome outcome, int status, KeyValuePair<string, string>[] headers, string address = "http://127.0.0.1:4318/v1/logs") =>
        ArrivalChecks.Of(
            "Claude Code", "SSL_CERT_FILE", new ExportRoute("LOGS", Wire.HttpProtobuf, new Uri(address), headers, null), new ProbeAnswer(outcome, status, "said so", null, Now), "http://127.0.0.1:4318");
}
