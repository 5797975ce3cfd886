using Gander.Commands.Agents;

namespace Gander.Tests.Commands.Agents;

public sealed class AgentCatalogueTests
{
    [Theory]
    [InlineData("goose run -t hi", "goose", 0)]
    [InlineData("/usr/local/bin/goose session", "goose", 0)]
    [InlineData("C:/tools/goose.exe run", "goose", 0)]
    [InlineData("timeout 30 goose run -t hi", "goose", 2)]
    [InlineData("env A=b goose run", "goose", 2)]
    [InlineData("npx -y @aaif/goose-binary-linux-x64 run", "goose", 2)]
    public void An_agent_is_recognised_behind_what_starts_it(string command, string name, int place)
    {
        var (agent, program) = AgentCatalogue.Recognise(command.Split(' '));

        Assert.Equal((name, place), (agent.Name, program));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("make goose")]
    [InlineData("echo goose")]
    [InlineData("node server.js goose")]
    [InlineData("goose-tools run")]
    public void A_name_among_arguments_is_no_agent(string command) => Assert.Same(AgentCatalogue.Any, AgentCatalogue.Recognise(command.Split(' ')).Agent);

    [Fact]
    public void Names_are_found_in_any_case() => Assert.Equal("goose", AgentCatalogue.Find("Goose")?.Name);
}
