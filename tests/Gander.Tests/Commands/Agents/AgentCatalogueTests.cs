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
    [InlineData("claude -p hi", "claude", 0)]
    [InlineData("npx @anthropic-ai/claude-code@latest -p hi", "claude", 1)]
    [InlineData("pnpm dlx @openai/codex exec hi", "codex", 2)]
    [InlineData("node /opt/node_modules/@google/gemini-cli/dist/index.js", "gemini", 1)]
    [InlineData("qwen", "qwen", 0)]
    [InlineData("copilot.cmd -p hi", "copilot", 0)]
    [InlineData("opencode run hi", "opencode", 0)]
    [InlineData("dotnet bin/gander.dll run -t hi", "gander", 1)]
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
