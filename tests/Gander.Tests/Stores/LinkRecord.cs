using System.Globalization;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>One link of a span as a plain object.</summary>
public sealed record LinkRecord(
    TraceId TraceId, SpanId SpanId, string TraceState, IReadOnlyList<KeyValuePair<string, AttributeValue>> Attributes, uint DroppedAttributes = 0, uint Flags = 0)
{
    public static LinkRecord Read(SpanBatch batch, SpanLink item) => new(
        item.TraceId, item.SpanId, batch.Text.ToString(item.TraceState), PlainAttributes.Read(batch, item.Attributes), item.DroppedAttributes, item.Flags);

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{TraceId}/{SpanId} {TraceState} {PlainAttributes.Describe(Attributes)}-{DroppedAttributes} {Flags}");
}
