using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Gander.Agent.Configuration;

namespace Gander.Agent.Tools;

/// <summary>Fills options, whose properties are whole numbers with a range, from the configuration.</summary>
internal static partial class OptionValues
{
    /// <summary>Sets what the configuration names: <c>MaxFiles</c> is <c>GANDER_AGENT_MAX_FILES</c>, and <c>max_files</c> in the agent's own file.</summary>
    /// <exception cref="AgentConfigurationException">A value is no number, or out of its range.</exception>
    public static void Read(object options, AgentConfiguration configuration)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<RangeAttribute>() is { Minimum: int least, Maximum: int most }
                && configuration.Number($"GANDER_AGENT_{WordStarts().Replace(property.Name, "_").ToUpperInvariant()}", least, most) is { } value)
            {
                property.SetValue(options, value);
            }
        }
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex WordStarts();
}
