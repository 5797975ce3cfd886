namespace Gander.Telemetry;

/// <summary>
/// What sent some telemetry (opentelemetry/proto/resource/v1/resource.proto). Resources repeat in every export, so they are
/// objects shared between batches and compared by <see cref="Id"/>. Immutable and thread-safe.
/// </summary>
public sealed class Resource
{
    private readonly Dictionary<string, AttributeValue> _byKey;

    /// <summary>Makes a resource. Of a key that comes twice, the last value counts.</summary>
    public Resource(IEnumerable<KeyValuePair<string, AttributeValue>> attributes, string schemaUrl = "", uint droppedAttributes = 0)
    {
        _byKey = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var (key, value) in attributes)
        {
            _byKey[key] = value;
        }

        Attributes = [.. _byKey.OrderBy(attribute => attribute.Key, StringComparer.Ordinal)];
        SchemaUrl = schemaUrl;
        DroppedAttributes = droppedAttributes;
        Id = ContentHash.Of(Attributes, schemaUrl, droppedAttributes);
    }

    /// <summary>The resource of telemetry that came without one.</summary>
    public static Resource Empty { get; } = new([]);

    /// <summary>
    /// A hash of the content, the same in every process and for every order of the attributes: emitters such as goose send
    /// them in another order with each request.
    /// </summary>
    public ulong Id { get; }

    /// <summary>The attributes, ordered by key, each key once.</summary>
    public IReadOnlyList<KeyValuePair<string, AttributeValue>> Attributes { get; }

    /// <summary>The schema URL, or empty.</summary>
    public string SchemaUrl { get; }

    /// <summary>Attributes the emitter dropped.</summary>
    public uint DroppedAttributes { get; }

    /// <summary>The value of <c>service.name</c>, or empty.</summary>
    public string ServiceName => Text("service.name");

    /// <summary>The text of the attribute <paramref name="key"/>, or empty when it is absent or no text.</summary>
    public string Text(string key) => _byKey.TryGetValue(key, out var value) && value.Kind == AttributeKind.String ? value.Text : "";

    /// <summary>The attribute <paramref name="key"/>, if there is one.</summary>
    public bool TryGet(string key, out AttributeValue value) => _byKey.TryGetValue(key, out value);
}
