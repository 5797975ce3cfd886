using System.Globalization;
using System.Text;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>One record as a plain object: what tests write down, and what the oracle keeps. Slow and obvious.</summary>
public abstract record TelemetryRecord
{
    public TraceId TraceId { get; init; }

    public SpanId SpanId { get; init; }

    public uint Flags { get; init; }

    public Resource Resource { get; init; } = Resource.Empty;

    public InstrumentationScope Scope { get; init; } = InstrumentationScope.Empty;

    public IReadOnlyList<KeyValuePair<string, AttributeValue>> Attributes { get; init; } = [];

    public uint DroppedAttributes { get; init; }

    /// <summary>The time that everything orders and searches by.</summary>
    public abstract long OrderNanos { get; }

    public string? SessionId => SessionText(AttributeKeys.SessionId) ?? SessionText(AttributeKeys.ConversationId) ?? SessionText(AttributeKeys.PlainConversationId);

    /// <summary>Everything of the record as text, the attributes in order of their keys: equal texts mean equal records.</summary>
    public abstract string Describe();

    /// <summary>What a condition looks at, or null when the record has no such thing.</summary>
    public virtual AttributeValue? Value(RecordField field) => field switch
    {
        RecordField.OfRecord record => Attribute(record.Key) ?? (record.OrResource ? OfResource(record.Key) : null),
        RecordField.OfResource resource => OfResource(resource.Key),
        RecordField.Service => Present(Resource.ServiceName),
        RecordField.ScopeName => Present(Scope.Name),
        RecordField.Session => Present(SessionId ?? ""),
        RecordField.Trace => TraceId.IsEmpty ? null : AttributeValue.Of(TraceId.ToString()),
        RecordField.Span => SpanId.IsEmpty ? null : AttributeValue.Of(SpanId.ToString()),
        _ => null,
    };

    protected static AttributeValue? Present(string text) => text.Length == 0 ? null : AttributeValue.Of(text);

    protected IReadOnlyList<KeyValuePair<string, AttributeValue>> AttributesAt(RecordDetail detail) => detail switch
    {
        RecordDetail.Everything => Attributes,
        RecordDetail.Attributes => [.. Attributes.Where(attribute => !IsLong(attribute))],
        _ => [.. Attributes.Where(attribute => !IsLong(attribute)
            && AttributeKeys.Promoted.TryGetValue(attribute.Key, out var kind) && kind == attribute.Value.Kind)],
    };

    protected string DescribeShared() => string.Create(
        CultureInfo.InvariantCulture,
        $"{TraceId}/{SpanId} flags={Flags} resource={Resource.Id:x} {PlainAttributes.Describe(Resource.Attributes)} {Resource.SchemaUrl} {Resource.DroppedAttributes} scope={Scope.Id:x} {Scope.Name}@{Scope.Version} attributes={PlainAttributes.Describe(Attributes)} dropped={DroppedAttributes}");

    private static bool IsLong(KeyValuePair<string, AttributeValue> attribute) =>
        LongText.Is(Encoding.UTF8.GetBytes(attribute.Key), attribute.Value.Kind, Encoding.UTF8.GetByteCount(attribute.Value.Text));

    private AttributeValue? Attribute(string key)
    {
        var index = Attributes.Select(attribute => attribute.Key).ToList().LastIndexOf(key);
        return index < 0 ? null : Attributes[index].Value;
    }

    private AttributeValue? OfResource(string key) => Resource.TryGet(key, out var value) ? value : null;

    private string? SessionText(string key) =>
        Attribute(key) is { Kind: AttributeKind.String, Text.Length: > 0 } value && !IsLong(new(key, value)) ? value.Text : null;
}
