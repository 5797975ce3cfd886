namespace Gander.Agent.Providers;

/// <summary>Where a provider is and how its requests are made.</summary>
/// <param name="Name">The provider's name.</param>
/// <param name="Address">What a person may be shown of its address: no user, no query.</param>
/// <param name="HostName">The setting that changes the address.</param>
/// <param name="KeyName">The setting that holds the key.</param>
/// <param name="HasKey">A key is sent.</param>
/// <param name="Timeout">How long to wait for the first byte of an answer, and between two pieces of it.</param>
/// <param name="Headers">Headers the person wants on every request. May hold secrets.</param>
internal sealed record ProviderEndpoint(
    string Name,
    string Address,
    string HostName,
    string KeyName,
    bool HasKey,
    TimeSpan Timeout,
    IReadOnlyDictionary<string, string> Headers);
