namespace Gander.Load.Generation;

/// <summary>One process that sends telemetry: its resource attributes. Compared by reference.</summary>
internal sealed class Emitter(string service, IReadOnlyList<Field> attributes)
{
    public string Service { get; } = service;

    public IReadOnlyList<Field> Attributes { get; } = attributes;
}
