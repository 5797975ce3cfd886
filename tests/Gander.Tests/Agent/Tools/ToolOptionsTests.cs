using System.Reflection;
using System.Text.RegularExpressions;
using Gander.Agent.Configuration;
using Gander.Agent.Extensions;
using Gander.Agent.Tools;

namespace Gander.Tests.Agent.Tools;

/// <summary>Limits as a person sets them.</summary>
public sealed class ToolOptionsTests
{
    [Fact]
    public void Limits_come_from_the_environment_and_from_the_file()
    {
        var folder = Directory.CreateTempSubdirectory("gander-options-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "gander"));
        File.WriteAllText(Path.Combine(folder, "gander", "agent.yaml"), "max_matches: 7\nextension_start_seconds: 9\n");
        var configuration = AgentConfiguration.Load(new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = folder, ["GANDER_AGENT_MAX_SHELL_OUTPUT_BYTES"] = "2048" });

        var tools = ToolOptions.From(configuration);

        Assert.Equal((7, 2_048, 300), (tools.MaxMatches, tools.MaxShellOutputBytes, tools.ShellTimeoutSeconds));
        Assert.Equal(9, ExtensionOptions.From(configuration).ExtensionStartSeconds);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_limit_out_of_its_range_is_a_mistake() =>
        Assert.Throws<AgentConfigurationException>(() => ToolOptions.From(AgentConfiguration.Load(new Dictionary<string, string> { ["HOME"] = "/nowhere", ["GANDER_AGENT_MAX_MATCHES"] = "0" })));

    [Theory]
    [InlineData(typeof(ToolOptions))]
    [InlineData(typeof(ExtensionOptions))]
    public void Every_limit_is_documented(Type options)
    {
        var page = SourceTree.Read("docs/agent-tools.md");

        Assert.All(
            options.GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property => Assert.Contains($"`{Regex.Replace(property.Name, "(?<=[a-z])(?=[A-Z])", "_").ToLowerInvariant()}`", page, StringComparison.Ordinal));
    }
}
