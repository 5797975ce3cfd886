namespace Gander.Tests.Conformance;

[Trait("Category", "Conformance")]
public sealed class FixtureInventoryTests
{
    [Fact]
    public void Every_captured_request_has_its_body()
    {
        var requests = SharedData.Scenarios().SelectMany(scenario => scenario.Requests).ToList();

        Assert.NotEmpty(requests);
        Assert.All(requests, request => Assert.True(File.Exists(request.BodyPath), request.BodyPath));
    }
}
