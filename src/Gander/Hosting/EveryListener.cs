namespace Gander.Hosting;

/// <summary>Marks the few endpoints, such as health, that exist on every listener.</summary>
internal sealed class EveryListener;
