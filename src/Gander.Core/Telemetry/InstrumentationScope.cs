namespace Gander.Telemetry;

/// <summary>
/// The library that made some telemetry (opentelemetry/proto/common/v1/common.proto). Shared between batches and compared
/// by <see cref="Id"/>. Immutable and thread-safe.
/// </summary>
public sealed class InstrumentationScope
{
    /// <summary>Makes a scope.</summary>
    public InstrumentationScope(
        string name,
        string version = "",
        IEnumerable<KeyValuePair<string, AttributeValue>>? attributes = null,
        string schemaUrl = "",
        uint droppedAttributes = 0)
    {
        Name = name;
        Version = version;
        Attributes = [.. (attributes ?? []).OrderBy(attribute => attribute.Key, StringComparer.Ordinal)];
        SchemaUrl = schemaUrl;
        DroppedAttributes = droppedAttributes;
        Id = ContentHash.Of(Attributes, $"{name}\0{version}\0{schemaUrl}", droppedAttributes);
    }

    /// <summary>The scope of telemetry that came without one.</summary>
    public static InstrumentationScope Empty { get; } = new("");

    /// <summary>A hash of the content, the same in every process.</summary>
    public ulong Id { get; }

    /// <summary>The name, or empty.</summary>
    public string Name { get; }

    /// <summary>The version, or empty.</summary>
    public string Version { get; }

    /// <summary>The attributes, ordered by key.</summary>
    public IReadOnlyList<KeyValuePair<string, AttributeValue>> Attributes { get; }

    /// <summary>The schema URL, or empty.</summary>
    public string SchemaUrl { get; }

    /// <summary>Attributes the emitter dropped.</summary>
    public uint DroppedAttributes { get; }
}
