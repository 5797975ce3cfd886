using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

public sealed class MaskedTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic abc,x-key=def", "Authorization=Basic ****,x-key=****")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "Authorization: Bearer abc", "Authorization: Bearer ****")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Basic%20abc", "authorization=Basic%20****")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "abcdef", "****")]
    [InlineData("OPENAI_API_KEY", "sk-1", "****")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "https://me:pass@host/x", "https://****@host/x")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "https://host/x", "https://host/x")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "https://me:p@ss/wo?rd@host/x", "https://****@host/x")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "me:pass@host:4318", "****@host:4318")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "https://host/x?key=abc#def", "https://host/x?****")]
    [InlineData("HTTPS_PROXY", "me:pass@proxy:3128", "****@proxy:3128")]
    [InlineData("otel_exporter_otlp_endpoint", "http://me@host", "http://****@host")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "owner=ann@example.org", "owner=ann@example.org")]
    public void Secrets_are_hidden_and_the_rest_can_be_recognised(string name, string value, string shown) => Assert.Equal(shown, Masked.Value(name, value));
}
