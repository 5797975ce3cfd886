using System.Reflection;
using Microsoft.Extensions.Options;

namespace Gander.Hosting.Configuration;

/// <summary>Hands the bound options to the modules.</summary>
internal static class SettingsServices
{
    private static readonly MethodInfo AddOne = typeof(SettingsServices).GetMethod(nameof(Add), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Makes every options class available as itself and as <see cref="IOptions{TOptions}"/>.</summary>
    public static void AddSettings(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        foreach (var (type, options) in settings.All)
        {
            AddOne.MakeGenericMethod(type).Invoke(null, [services, options]);
        }
    }

    private static void Add<T>(IServiceCollection services, T options)
        where T : class
    {
        services.AddSingleton(options);
        services.AddSingleton<IOptions<T>>(Options.Create(options));
    }
}
