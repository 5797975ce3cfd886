using System.Reflection;

namespace Gander.Hosting.Configuration;

/// <summary>One class of options and the section of the configuration file that fills it.</summary>
/// <param name="Name">The section, or empty for settings at the top.</param>
/// <param name="Type">The class; it has a constructor without parameters and its defaults are the product's.</param>
/// <param name="Others">Properties that no person sets because another setting decides them.</param>
public sealed record OptionsSection(string Name, Type Type, params string[] Others)
{
    /// <summary>The settings of this section, in the order of the class.</summary>
    public IEnumerable<Setting> Settings =>
        from property in Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite && !Others.Contains(property.Name)
        select new Setting(this, property);
}
