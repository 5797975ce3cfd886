using System.Globalization;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>One event of a span as a plain object.</summary>
public sealed record EventRecord(long TimeNanos, string Name, IReadOnlyList<KeyValuePair<string, AttributeValue>> Attributes, uint DroppedAttributes = 0)
{
    public static EventRecord Read(SpanBatch batch, SpanEvent item) =>
        new(item.TimeNanos, batch.Text.ToString(item.Name), PlainAttributes.Read(batch, item.Attributes), item.DroppedAttributes);

    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{TimeNanos} {Name} {PlainAttributes.Describe(Attributes)}-{DroppedAttributes}");
}
