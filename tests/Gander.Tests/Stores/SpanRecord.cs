using System.Globalization;
using Gander.Stores;
using Gander.Telemetry;

namespace Gander.Tests.Stores;

/// <summary>One span as a plain object. Becomes a batch of one where a batch is asked for.</summary>
public sealed record SpanRecord : TelemetryRecord
{
    public long StartNanos { get; init; }

    public long EndNanos { get; init; }

    public SpanId ParentSpanId { get; init; }

    public string TraceState { get; init; } = "";

    public string Name { get; init; } = "";

    public byte Kind { get; init; }

    public byte StatusCode { get; init; }

    public string StatusMessage { get; init; } = "";

    public IReadOnlyList<EventRecord> Events { get; init; } = [];

    public uint DroppedEvents { get; init; }

    public IReadOnlyList<LinkRecord> Links { get; init; } = [];

    public uint DroppedLinks { get; init; }

    public override long OrderNanos => StartNanos;

    public static implicit operator SpanBatch(SpanRecord span) => Some.SpanBatch(span);

    public static SpanRecord Read(SpanBatch batch, int row) => new()
    {
        StartNanos = batch.StartNanos[row],
        EndNanos = batch.EndNanos[row],
        TraceId = batch.TraceIds[row],
        SpanId = batch.SpanIds[row],
        ParentSpanId = batch.ParentSpanIds[row],
        TraceState = batch.Text.ToString(batch.TraceStates[row]),
        Flags = batch.Flags[row],
        Name = batch.Text.ToString(batch.Names[row]),
        Kind = batch.Kinds[row],
        StatusCode = batch.StatusCodes[row],
        StatusMessage = batch.Text.ToString(batch.StatusMessages[row]),
        Resource = batch.Resources[batch.ResourceIndexes[row]],
        Scope = batch.Scopes[batch.ScopeIndexes[row]],
        Attributes = PlainAttributes.Read(batch, batch.AttributeRanges[row]),
        DroppedAttributes = batch.DroppedAttributes[row],
        Events = [.. Rows(batch.EventRanges[row]).Select(index => EventRecord.Read(batch, batch.Events[index]))],
        DroppedEvents = batch.DroppedEvents[row],
        Links = [.. Rows(batch.LinkRanges[row]).Select(index => LinkRecord.Read(batch, batch.Links[index]))],
        DroppedLinks = batch.DroppedLinks[row],
    };

    public static IReadOnlyList<SpanRecord> ReadAll(SpanBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(row => Read(batch, row))];

    public void AddTo(SpanBatch batch)
    {
        var events = new List<SpanEvent>();
        foreach (var happened in Events)
        {
            events.Add(new SpanEvent(happened.TimeNanos, batch.Text.Add(happened.Name), PlainAttributes.Add(batch, happened.Attributes), happened.DroppedAttributes));
        }

        var links = new List<SpanLink>();
        foreach (var link in Links)
        {
            links.Add(new SpanLink(link.TraceId, link.SpanId, batch.Text.Add(link.TraceState), PlainAttributes.Add(batch, link.Attributes), link.DroppedAttributes, link.Flags));
        }

        var firstEvent = batch.Events.Count;
        events.ForEach(batch.Events.Add);
        var firstLink = batch.Links.Count;
        links.ForEach(batch.Links.Add);
        batch.Add(new SpanRow
        {
            StartNanos = StartNanos,
            EndNanos = EndNanos,
            TraceId = TraceId,
            SpanId = SpanId,
            ParentSpanId = ParentSpanId,
            TraceState = batch.Text.Add(TraceState),
            Flags = Flags,
            Name = batch.Text.Add(Name),
            Kind = Kind,
            StatusCode = StatusCode,
            StatusMessage = batch.Text.Add(StatusMessage),
            ResourceIndex = PlainAttributes.IndexOf(batch.Resources, Resource, resource => resource.Id),
            ScopeIndex = PlainAttributes.IndexOf(batch.Scopes, Scope, scope => scope.Id),
            Attributes = PlainAttributes.Add(batch, Attributes),
            DroppedAttributes = DroppedAttributes,
            Events = new RowRange(firstEvent, batch.Events.Count),
            DroppedEvents = DroppedEvents,
            Links = new RowRange(firstLink, batch.Links.Count),
            DroppedLinks = DroppedLinks,
        });
    }

    public SpanRecord At(RecordDetail detail) => this with
    {
        Attributes = AttributesAt(detail),
        Events = detail == RecordDetail.Everything ? Events : [],
        Links = detail == RecordDetail.Everything ? Links : [],
    };

    public override AttributeValue? Value(RecordField field) => field switch
    {
        RecordField.Name => Present(Name),
        RecordField.Status => AttributeValue.Of((long)StatusCode),
        RecordField.Kind => AttributeValue.Of((long)Kind),
        RecordField.DurationNanos => AttributeValue.Of(EndNanos - StartNanos),
        RecordField.Parent => ParentSpanId.IsEmpty ? null : AttributeValue.Of(ParentSpanId.ToString()),
        _ => base.Value(field),
    };

    public override string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name} [{StartNanos}..{EndNanos}] parent={ParentSpanId} state={TraceState} kind={Kind} status={StatusCode} {StatusMessage} {DescribeShared()} events=[{string.Join("; ", Events.Select(item => item.Describe()))}]-{DroppedEvents} links=[{string.Join("; ", Links.Select(item => item.Describe()))}]-{DroppedLinks}");

    private static IEnumerable<int> Rows(RowRange range) => Enumerable.Range(range.Start, range.Count);
}
