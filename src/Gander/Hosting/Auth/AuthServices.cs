namespace Gander.Hosting.Auth;

/// <summary>Registers authentication.</summary>
internal static class AuthServices
{
    /// <summary>Adds tokens of the folder and what decides with them.</summary>
    public static void AddAuth(this IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton(provider => new TokenFile(folder.FullPath, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TokenRegistry>();
        services.AddSingleton<LocalKey>();
        services.AddSingleton<FailureLimiter>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<Authentication>();
    }
}
