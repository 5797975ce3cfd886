namespace Gander.Prices;

/// <summary>One provider and the names that telemetry has for it.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Aliases">Other names, such as the values of <c>gen_ai.provider.name</c>.</param>
public sealed record ProviderNames(string Name, IReadOnlyList<string> Aliases);
