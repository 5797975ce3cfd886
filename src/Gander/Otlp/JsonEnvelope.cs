using System.Text;
using System.Text.Json;
using Gander.Telemetry;

namespace Gander.Otlp;

/// <summary>
/// Reads the envelopes of OTLP/JSON. Names may come in any order, so the place of a resource or scope is taken when its first
/// record comes, and filled at the end of the envelope.
/// </summary>
internal ref struct JsonEnvelope
{
    private TextRef _owner;
    private TextRef _schemaUrl;

    /// <summary>The index of the resource or scope; -1 while no record came.</summary>
    public int Index { get; private set; }

    /// <summary>An envelope of which nothing is read yet.</summary>
    public static JsonEnvelope Start() => new() { Index = -1 };

    /// <summary>Takes a place in <paramref name="list"/> unless it was taken, and returns it.</summary>
    public int Take<T>(IList<T> list, T placeholder)
    {
        if (Index < 0)
        {
            Index = list.Count;
            list.Add(placeholder);
        }

        return Index;
    }

    /// <summary>Reads what all envelopes have; false, and nothing read, for another property.</summary>
    public bool TryRead(ref Utf8JsonReader reader, in JsonSource source, ReadOnlySpan<byte> ownerName)
    {
        if (reader.ValueTextEquals(ownerName))
        {
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
            {
                JsonFields.Throw(reader, "an object is expected");
            }

            reader.Skip();
            _owner = reader.TokenType == JsonTokenType.Null ? default : new TextRef(start, (int)reader.BytesConsumed - start);
            return true;
        }

        if (reader.ValueTextEquals("schemaUrl"u8))
        {
            _schemaUrl = JsonFields.ReadText(ref reader, source);
            return true;
        }

        return false;
    }

    /// <summary>The resource, from the cache where it was seen before.</summary>
    public readonly Resource ReadResource(in JsonSource source, DecodeContext context)
    {
        var body = source.Text.Body.Slice(_owner.Offset, _owner.Length);
        var schema = Encoding.UTF8.GetString(source.Text[_schemaUrl]);
        var key = context.Resources.Key(body, source.Text[_schemaUrl], context.IdentityKey);
        if (context.Resources.TryGet(key, out Resource resource))
        {
            return resource;
        }

        var attributes = new List<KeyValuePair<string, AttributeValue>>();
        var dropped = 0U;
        var start = source.Text.Added.Length;
        if (!body.IsEmpty)
        {
            var reader = Open(body);
            while (JsonFields.NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("attributes"u8))
                {
                    JsonValues.ReadAttributes(ref reader, new JsonSource(source.Text, _owner.Offset), attributes, ref dropped);
                }
                else if (reader.ValueTextEquals("droppedAttributesCount"u8))
                {
                    dropped += JsonFields.ReadUInt32(ref reader);
                }
                else
                {
                    JsonFields.SkipValue(ref reader);
                }
            }
        }

        source.Text.Added.Truncate(start);
        resource = ResourceCache.Build(attributes, schema, dropped, context.Identity);
        context.Resources.Keep(key, resource);
        return resource;
    }

    /// <summary>The scope, from the cache where it was seen before.</summary>
    public readonly InstrumentationScope ReadScope(in JsonSource source, DecodeContext context)
    {
        var body = source.Text.Body.Slice(_owner.Offset, _owner.Length);
        var schema = Encoding.UTF8.GetString(source.Text[_schemaUrl]);
        var key = context.Resources.Key(body, source.Text[_schemaUrl]);
        if (context.Resources.TryGet(key, out InstrumentationScope scope))
        {
            return scope;
        }

        TextRef name = default, version = default;
        var attributes = new List<KeyValuePair<string, AttributeValue>>();
        var dropped = 0U;
        var start = source.Text.Added.Length;
        if (!body.IsEmpty)
        {
            var inner = new JsonSource(source.Text, _owner.Offset);
            var reader = Open(body);
            while (JsonFields.NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("name"u8))
                {
                    name = JsonFields.ReadText(ref reader, inner);
                }
                else if (reader.ValueTextEquals("version"u8))
                {
                    version = JsonFields.ReadText(ref reader, inner);
                }
                else if (reader.ValueTextEquals("attributes"u8))
                {
                    JsonValues.ReadAttributes(ref reader, inner, attributes, ref dropped);
                }
                else if (reader.ValueTextEquals("droppedAttributesCount"u8))
                {
                    dropped += JsonFields.ReadUInt32(ref reader);
                }
                else
                {
                    JsonFields.SkipValue(ref reader);
                }
            }
        }

        scope = new InstrumentationScope(
            Encoding.UTF8.GetString(source.Text[name]), Encoding.UTF8.GetString(source.Text[version]), attributes, schema, dropped);
        source.Text.Added.Truncate(start);
        context.Resources.Keep(key, scope);
        return scope;
    }

    private static Utf8JsonReader Open(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DecodeLimits.MaxJsonDepth });
        reader.Read();
        return reader;
    }
}
