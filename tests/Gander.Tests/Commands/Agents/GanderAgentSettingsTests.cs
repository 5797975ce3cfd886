using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

public sealed class GanderAgentSettingsTests
{
    [Fact]
    public void Its_own_file_goes_before_that_of_goose()
    {
        var surroundings = SomeSurroundings.Of()
            .With(".config/goose/config.yaml", "otel_exporter_otlp_endpoint: http://127.0.0.1:1\notel_exporter_otlp_timeout: 30\n")
            .With(".config/gander/agent.yaml", "otel_exporter_otlp_endpoint: http://127.0.0.1:4318\n");

        Assert.Empty(FindingFacts.Check("gander", surroundings).Faults());
        Assert.All(AgentCatalogue.Find("gander")!.Routes(surroundings), route => Assert.Equal(4318, route.Address.Port));
    }

    [Fact]
    public void It_speaks_gRPC_and_compresses() =>
        Assert.Empty(FindingFacts.Check("gander", SomeSurroundings.Of(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"))).Faults());

    [Fact]
    public void An_exporter_without_an_address_goes_to_the_usual_one()
    {
        var surroundings = SomeSurroundings.Of(("OTEL_TRACES_EXPORTER", "otlp,console"));

        Assert.Empty(FindingFacts.Check("gander", surroundings).Faults());
        Assert.Equal("http://localhost:4318/v1/traces", Assert.Single(AgentCatalogue.Find("gander")!.Routes(surroundings)).Address.AbsoluteUri);
    }

    [Fact]
    public void Without_any_setting_nothing_is_sent() => Assert.Equal(["endpoint.off"], FindingFacts.Check("gander", SomeSurroundings.Of()).Faults());
}
