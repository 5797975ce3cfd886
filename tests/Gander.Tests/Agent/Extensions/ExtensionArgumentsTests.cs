using Gander.Agent.Configuration;
using Gander.Agent.Extensions;

namespace Gander.Tests.Agent.Extensions;

/// <summary>Extensions as people write them on a command line.</summary>
public sealed class ExtensionArgumentsTests
{
    [Theory]
    [InlineData("node server.mjs", "server", "node", "server.mjs")]
    [InlineData("kv:node server.mjs", "kv", "node", "server.mjs")]
    [InlineData("kv: node server.mjs", "kv", "node", "server.mjs")]
    [InlineData("npx -y @modelcontextprotocol/server-filesystem@2025 /tmp", "server-filesystem", "npx", "-y|@modelcontextprotocol/server-filesystem@2025|/tmp")]
    [InlineData("uvx mcp-server-git", "mcp-server-git", "uvx", "mcp-server-git")]
    [InlineData("/opt/tools/my.server --port 3", "my", "/opt/tools/my.server", "--port|3")]
    [InlineData("x:run 'a b' \"c \\\"d\\\"\" e\\ f ''", "x", "run", "a b|c \"d\"|e f|")]
    [InlineData("x:echo 'it'\\''s' \"$HOME\"", "x", "echo", "it's|$HOME")]
    public void A_command_is_split_as_a_shell_does(string text, string name, string command, string arguments)
    {
        var extension = ExtensionArguments.Command(text);

        Assert.Equal((name, ExtensionKind.Stdio, command), (extension.Name, extension.Kind, extension.Command));
        Assert.Equal(arguments.Split('|'), extension.Arguments);
    }

    [Fact]
    public void Variables_come_before_the_command()
    {
        var extension = ExtensionArguments.Command("kv:A=1 TOKEN='x y=z' node B=2 server.mjs");

        Assert.Equal([new("A", "1"), new("TOKEN", "x y=z")], extension.Environment);
        Assert.Equal(["B=2", "server.mjs"], extension.Arguments);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kv:")]
    [InlineData("kv:A=1")]
    [InlineData("node 'open")]
    public void A_command_that_is_none_is_refused(string text) => Assert.Throws<AgentConfigurationException>(() => ExtensionArguments.Command(text));

    [Fact]
    public void An_address_names_its_extension()
    {
        Assert.Equal("127_0_0_1_3001", ExtensionArguments.Address("http://127.0.0.1:3001/mcp").Name);
        Assert.Equal("example_com", ExtensionArguments.Address("https://example.com/mcp").Name);
        Assert.Throws<AgentConfigurationException>(() => ExtensionArguments.Address("file:///etc/passwd"));
        Assert.Throws<AgentConfigurationException>(() => ExtensionArguments.Address("localhost:3001"));
    }

    [Fact]
    public void The_command_line_wins_over_the_configuration_and_can_leave_it_out()
    {
        var folder = Directory.CreateTempSubdirectory("gander-extensions-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "goose"));
        File.WriteAllText(
            Path.Combine(folder, "goose", "config.yaml"),
            """
            extensions:
              developer: { type: builtin, enabled: true, name: developer, available_tools: [shell] }
              kv: { type: stdio, enabled: true, name: kv, cmd: old }
              off: { type: stdio, enabled: false, name: off, cmd: x }
            """);
        var configuration = AgentConfiguration.Load(new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = folder });

        var usual = ExtensionChoice.Default.Resolve(configuration);
        var more = new ExtensionChoice(["kv:new", "node a.mjs", "node b/a.mjs"], ["http://localhost:1/mcp"], ["memory"], HasNoProfile: false).Resolve(configuration);
        var bare = new ExtensionChoice([], [], ["developer"], HasNoProfile: true).Resolve(configuration);

        Assert.Equal(["developer", "kv"], usual.Select(extension => extension.Name));
        Assert.Equal(["shell"], usual[0].AvailableTools);
        Assert.Equal(["developer", "kv", "memory", "a", "a2", "localhost_1"], more.Select(extension => extension.Name));
        Assert.Equal("new", more[1].Command);
        Assert.Equal([new ExtensionSettings("developer", ExtensionKind.Builtin)], bare, (a, b) => a.Name == b.Name && a.AvailableTools.Count == b.AvailableTools.Count);
        Directory.Delete(folder, recursive: true);
    }
}
