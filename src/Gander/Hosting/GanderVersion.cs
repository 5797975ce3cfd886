using System.Reflection;

namespace Gander.Hosting;

/// <summary>The version of this program.</summary>
public static class GanderVersion
{
    /// <summary>Such as <c>0.1.0</c>, without the commit.</summary>
    public static string Text { get; } =
        (typeof(GanderVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
