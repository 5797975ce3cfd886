using System.Text;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// The envelope of <c>ResourceSpans</c>, <c>ResourceLogs</c> and <c>ResourceMetrics</c>, which differ only in their records:
/// field 1 is the resource or scope, field 2 repeats what lies inside, field 3 is the schema URL. The index of a resource or
/// scope is taken when its first record comes, so that empty envelopes leave nothing behind.
/// </summary>
internal static class ProtobufEnvelope
{
    private const uint OwnerTag = (1 << 3) | 2;
    private const uint ItemTag = (2 << 3) | 2;
    private const uint SchemaTag = (3 << 3) | 2;

    /// <summary>Where the parts of one envelope lie.</summary>
    public readonly record struct Parts(TextRef Owner, TextRef SchemaUrl, bool HasItems);

    /// <summary>Finds resource or scope, and schema URL.</summary>
    public static Parts Read(ReadOnlySpan<byte> body, TextRef range)
    {
        TextRef owner = default, schema = default;
        var hasItems = false;
        var reader = new ProtobufReader(body, range);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case OwnerTag:
                    owner = reader.ReadRange();
                    break;
                case ItemTag:
                    reader.ReadRange();
                    hasItems = true;
                    break;
                case SchemaTag:
                    schema = reader.ReadRange();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Parts(owner, schema, hasItems);
    }

    /// <summary>Moves to the next repeated message with the given field number.</summary>
    public static bool TryReadItem(ref ProtobufReader reader, uint field, out TextRef item)
    {
        while (reader.TryReadTag(out var tag))
        {
            if (tag == ((field << 3) | 2))
            {
                item = reader.ReadRange();
                return true;
            }

            reader.Skip(tag);
        }

        item = default;
        return false;
    }

    /// <summary>The resource of an envelope, from the cache where it was seen before.</summary>
    public static Resource ReadResource(in TextSource text, in Parts parts, DecodeContext context)
    {
        var encoded = text.Body.Slice(parts.Owner.Offset, parts.Owner.Length);
        var schema = text.Body.Slice(parts.SchemaUrl.Offset, parts.SchemaUrl.Length);
        var key = context.Resources.Key(encoded, schema, context.IdentityKey);
        if (context.Resources.TryGet(key, out Resource resource))
        {
            return resource;
        }

        var attributes = new List<KeyValuePair<string, AttributeValue>>();
        var dropped = 0U;
        var start = text.Added.Length;
        var reader = new ProtobufReader(text.Body, parts.Owner);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    ProtobufValues.ReadAttribute(text, reader.ReadRange(), attributes, ref dropped);
                    break;
                case 2 << 3:
                    dropped += (uint)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        text.Added.Truncate(start);
        resource = ResourceCache.Build(attributes, Encoding.UTF8.GetString(schema), dropped, context.Identity);
        context.Resources.Keep(key, resource);
        return resource;
    }

    /// <summary>The scope of an envelope, from the cache where it was seen before.</summary>
    public static InstrumentationScope ReadScope(in TextSource text, in Parts parts, DecodeContext context)
    {
        var encoded = text.Body.Slice(parts.Owner.Offset, parts.Owner.Length);
        var schema = text.Body.Slice(parts.SchemaUrl.Offset, parts.SchemaUrl.Length);
        var key = context.Resources.Key(encoded, schema);
        if (context.Resources.TryGet(key, out InstrumentationScope scope))
        {
            return scope;
        }

        TextRef name = default, version = default;
        var attributes = new List<KeyValuePair<string, AttributeValue>>();
        var dropped = 0U;
        var start = text.Added.Length;
        var reader = new ProtobufReader(text.Body, parts.Owner);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2:
                    name = reader.ReadRange();
                    break;
                case (2 << 3) | 2:
                    version = reader.ReadRange();
                    break;
                case (3 << 3) | 2:
                    ProtobufValues.ReadAttribute(text, reader.ReadRange(), attributes, ref dropped);
                    break;
                case 4 << 3:
                    dropped += (uint)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        text.Added.Truncate(start);
        scope = new InstrumentationScope(
            Encoding.UTF8.GetString(text.Body.Slice(name.Offset, name.Length)),
            Encoding.UTF8.GetString(text.Body.Slice(version.Offset, version.Length)),
            attributes,
            Encoding.UTF8.GetString(schema),
            dropped);
        context.Resources.Keep(key, scope);
        return scope;
    }
}
