using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Gander.Hosting.Configuration;

/// <summary>One setting, and what it is called in the file and in the environment.</summary>
/// <param name="Section">The section it belongs to.</param>
/// <param name="Property">The property it fills.</param>
public sealed record Setting(OptionsSection Section, PropertyInfo Property)
{
    /// <summary>The name inside its section of the file, such as <c>maxBodyBytes</c>.</summary>
    public string Key => JsonNamingPolicy.CamelCase.ConvertName(Property.Name);

    /// <summary>The whole name, such as <c>otlp.maxBodyBytes</c>.</summary>
    public string Path => Section.Name.Length == 0 ? Key : $"{Section.Name}.{Key}";

    /// <summary>The environment variable, such as <c>GANDER_OTLP_MAX_BODY_BYTES</c>.</summary>
    public string Variable
    {
        get
        {
            var name = new StringBuilder("GANDER_");
            foreach (var character in Path)
            {
                name.Append(character == '.' ? "_" : char.IsUpper(character) ? $"_{character}" : char.ToUpperInvariant(character).ToString());
            }

            return name.ToString();
        }
    }
}
