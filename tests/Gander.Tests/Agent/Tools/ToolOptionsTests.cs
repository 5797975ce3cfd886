using System.ComponentModel.DataAnnotations;
using System.Globalization;
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

    [Theory]
    [InlineData(typeof(ToolOptions))]
    [InlineData(typeof(ExtensionOptions))]
    public void Every_limit_is_read_and_held_to_its_range(Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var range = property.GetCustomAttribute<RangeAttribute>()!;
            var (least, most) = ((int)range.Minimum, (int)range.Maximum);

            Assert.Equal(least, property.GetValue(Read(options, property.Name, least)));
            Assert.Equal(most, property.GetValue(Read(options, property.Name, most)));
            Assert.Throws<AgentConfigurationException>(() => Read(options, property.Name, least - 1));
            Assert.Throws<AgentConfigurationException>(() => Read(options, property.Name, most + 1));
        }
    }

    [Theory]
    [InlineData(typeof(ToolOptions))]
    [InlineData(typeof(ExtensionOptions))]
    public void Every_limit_is_documented(Type options)
    {
        var page = SourceTree.Read("docs/agent-tools.md");

        Assert.All(
            options.GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property => Assert.Contains($"`{Words(property.Name).ToLowerInvariant()}`", page, StringComparison.Ordinal));
    }

    private static object Read(Type options, string name, int value)
    {
        var configuration = AgentConfiguration.Load(new Dictionary<string, string>
        {
            ["HOME"] = "/nowhere",
            [$"GANDER_AGENT_{Words(name).ToUpperInvariant()}"] = value.ToString(CultureInfo.InvariantCulture),
        });
        return options == typeof(ToolOptions) ? ToolOptions.From(configuration) : ExtensionOptions.From(configuration);
    }

    private static string Words(string name) => Regex.Replace(name, "(?<=[a-z])(?=[A-Z])", "_");
}
